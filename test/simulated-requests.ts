import type { SimulatedRequest } from '../src/simulator/signed-request';
import { SimulatedAccount, type SimulationOptions } from '../src/simulator/simulated-account';
import { isObject } from './facts';
import type { JsonValue } from '../src/json/value';

/** The secret of the runs below. */
export const runSecret = 'simulatedSecretForTests1';

/** The first requests of a run; all of them where the script ends before. */
export async function simulatedRequests(
	count: number,
	options: Partial<SimulationOptions> = {},
): Promise<SimulatedRequest[]> {
	const account = new SimulatedAccount({ seed: 1, scenario: 'calm', secret: runSecret, ...options });
	const requests: SimulatedRequest[] = [];
	while (requests.length < count) {
		const request = await account.next();
		if (request === null) break;
		requests.push(request);
	}
	return requests;
}

/** A body as JavaScript reads it. Throws when it is cut. */
export function bodyOf({ body }: SimulatedRequest): { [name: string]: JsonValue } {
	const value = JSON.parse(new TextDecoder().decode(body)) as JsonValue;
	if (!isObject(value)) throw new Error('The body is no object.');
	return value;
}

/** The value of a header; null without it. */
export function headerOf({ headers }: SimulatedRequest, name: string): string | null {
	return headers.find(([candidate]) => candidate === name)?.[1] ?? null;
}
