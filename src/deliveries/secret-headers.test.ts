import { expect, test } from 'vitest';
import { isSecretHeader } from './secret-headers';

test('signatures and what grants access are masked, whatever the case', () => {
	expect(['X-CHATWOOT-SIGNATURE', 'cookie', 'Authorization', 'X-Chatwoot-Delivery'].map(isSecretHeader)).toEqual([
		true,
		true,
		true,
		false,
	]);
});
