import { expect, test } from 'vitest';
import { bytes, delivery, samples } from '../../../../test/deliveries';
import type { Header } from '../../../deliveries/delivery';
import { DeliveryLog } from '../../../deliveries/log';
import { summarize } from '../../../deliveries/summary';
import { ApiClient } from '../../api-client';
import { EarlierDelivery, type EarlierView } from './earlier-delivery.svelte';
import type { Part } from './earlier-words';

type Body = Record<string, unknown>;

function sample(name: string): Body {
	const { body } = samples().find((one) => one.name === name)!;
	return JSON.parse(new TextDecoder().decode(body)) as Body;
}

interface Sent {
	body: unknown;
	headers?: Header[];
}

/** A page that knows deliveries 1, 2, …, a second apart, and has the last one open. */
function opened(...sent: (Sent | Body)[]): EarlierDelivery {
	const log = new DeliveryLog();
	const bodies = sent.map((one) => {
		const body = 'body' in one ? one.body : one;
		return bytes(typeof body === 'string' ? body : JSON.stringify(body));
	});
	const summaries = bodies.map((body, index) => {
		const { headers } = { headers: [], ...sent[index] } as Sent;
		const facts = summarize(delivery({ body, headers: headers ?? [], receivedAt: 1_781_000_000_000 + index * 1000 }));
		return { ...facts, id: index + 1, state: { answer: null, isPinned: false, note: null, signature: null } };
	});
	log.append(summaries);
	const api = new ApiClient('http://inspector.test/', (url) => {
		const body = bodies[Number(/deliveries\/(\d+)\/body/.exec(url.href)?.[1]) - 1]!;
		return Promise.resolve(new Response(body, { headers: { 'x-inspector': '1' } }));
	});
	return new EarlierDelivery({ log, api }, summaries.at(-1)!, bodies.at(-1)!);
}

/** What the page says, with what came over the wire between back-ticks. */
function said(parts: readonly Part[]): string {
	return parts
		.map((part) => {
			if (typeof part === 'string') return part;
			if ('wire' in part) return `\`${part.wire}\``;
			return 'delivery' in part ? `#${part.delivery}` : `(${part.status})`;
		})
		.join('');
}

function words(view: EarlierView): { lead: string; sentences: string[] } {
	if (view.kind !== 'found') return { lead: view.kind === 'nothing' ? view.words : view.kind, sentences: [] };
	return { lead: said(view.lead), sentences: view.sentences.map(said) };
}

async function look(earlier: EarlierDelivery): Promise<{ lead: string; sentences: string[] }> {
	await earlier.look();
	return words(earlier.view);
}

const created = sample('message_created--agent-outgoing');
const receipt = sample('message_updated--read-receipt');
const resolved = sample('conversation_status_changed--resolved-null-changes');

/** With another status of the conversation. */
const withStatus = (body: Body, status: string): Body => ({ ...body, status });

test('a read receipt: which delivery showed the message before, and which status it had there', async () => {
	const earlier = opened(created, receipt);
	expect(await look(earlier)).toEqual({
		lead: 'Message 90318 as it was in #1 `message_created`, nested in `conversation.messages`, 1 s earlier',
		sentences: ['Its status was `sent` in #1 and is `read` here.'],
	});
	const { view } = earlier;
	if (view.kind !== 'found' || !view.sides) throw new Error('There is nothing to compare.');
	expect(view.sides.left.label).toMatch(/^#1 \d\d:\d\d:\d\d/);
	expect(new TextDecoder().decode(view.sides.left.bytes)).toContain('"status":"sent"');
	expect(new TextDecoder().decode(view.sides.right.bytes)).toContain('"status":"read"');
});

test('an update of a message that is not the newest, with an equal body, is explained', async () => {
	const conversation = { ...(created.conversation as Body), messages: [{ id: 90400, account_id: 7 }] };
	const earlier = opened({ ...created, conversation }, { ...created, conversation, event: 'message_updated' });
	const { lead, sentences } = await look(earlier);
	expect(lead).toBe('Message 90318 as it was in #1 `message_created`, 1 s earlier');
	expect(sentences).toEqual([
		expect.stringMatching(/^Nothing differs\. A status was probably written on a message that is not the newest/),
	]);
	expect(earlier.view).toMatchObject({ sides: null });
});

test('a status change: what the status was, and in which delivery', async () => {
	const { sentences } = await look(opened(withStatus(resolved, 'open'), resolved));
	expect(sentences).toEqual(['(open) in #1, (resolved) here.']);
});

test('a status change whose twin came first: since when, and what it was before', async () => {
	const twin = { ...resolved, event: 'conversation_updated' };
	const { lead, sentences } = await look(opened(withStatus(resolved, 'open'), twin, resolved));
	expect(lead).toBe('Conversation 1401 as it was in #2 `conversation_updated`, 1 s earlier');
	expect(sentences).toEqual([
		'(open) in #1, (resolved) since #2. A status change sends two events, and bodies are built when they are sent.',
		'Nothing differs.',
	]);
});

test('a status change that is the first of its conversation', async () => {
	expect(await look(opened(resolved))).toEqual({ lead: 'No earlier delivery holds conversation 1401.', sentences: [] });
});

test('a contact’s update: whether what it lists fits to what was known', async () => {
	const now = sample('contact_updated--profile-edited');
	const changes = now.changed_attributes as Record<string, { previous_value: unknown }>[];
	const before: Body = { ...now, event: 'contact_created', changed_attributes: undefined };
	for (const entry of changes)
		for (const [name, pair] of Object.entries(entry)) if (name in now) before[name] = pair.previous_value;
	const { lead, sentences } = await look(opened(before, now));
	expect(lead).toBe(`Contact ${String(now.id)} as it was in #1 \`contact_created\`, 1 s earlier`);
	expect(sentences).toEqual([expect.stringMatching(/^`changed_attributes` agrees: #1 shows the previous value of `/)]);

	const other = await look(opened({ ...before, name: 'Somebody else' }, now));
	expect(other.sentences.join(' ')).toMatch(/An update in between is missing here, or contacts were merged\./);
});

test('a contact’s update that only moved times says that it is noise', async () => {
	const now = sample('contact_updated--last-activity-only');
	const { sentences } = await look(opened({ ...now, event: 'contact_created', changed_attributes: undefined }, now));
	expect(sentences).toEqual([expect.stringMatching(/^Nothing differs\. Only times moved that no body shows/)]);
});

test('the other records of the body can be chosen, where an earlier delivery shows them', async () => {
	const earlier = opened(withStatus(resolved, 'open'), created);
	await earlier.look();
	expect(earlier.choices).toEqual(['message', 'conversation', 'contact']);
	expect(words(earlier.view).lead).toMatch(/^No earlier delivery holds message 90318\./);
	await earlier.look('conversation');
	expect(earlier.choice).toBe('conversation');
	expect(words(earlier.view).lead).toMatch(
		/^Conversation 1401 as it was in #1 `conversation_status_changed`, 1 s earlier/,
	);
	await earlier.look('contact');
	expect(words(earlier.view).lead).toMatch(
		/^Contact 518 as it was in #1 `conversation_status_changed`, in `meta\.sender`/,
	);
});

test('a retry is held against the first try, byte for byte', async () => {
	const headers: Header[] = [['X-Chatwoot-Delivery', '0bde4b46-58e4-4d2f-8f5c-0f1b1a8b9c11']];
	const earlier = opened({ body: created, headers }, { body: created, headers });
	await earlier.look('delivery-header');
	expect(words(earlier.view)).toEqual({
		lead: '#1 carries the same `X-Chatwoot-Delivery`, 1 s earlier',
		sentences: ['The bodies are the same, byte for byte: this one is a repeat of it.'],
	});
	const cut = opened({ body: '{"event":', headers }, { body: created, headers });
	await cut.look('delivery-header');
	expect(words(cut.view).sentences).toEqual([expect.stringMatching(/^The bodies differ\./)]);
	expect(cut.view).toMatchObject({ record: null, sides: { right: { bytes: bytes(JSON.stringify(created)) } } });
});

test('a body that is no JSON, and an event about none of the records, say so', async () => {
	expect((await look(opened({ body: 'nothing' }))).lead).toMatch(/^This body is not JSON/);
	expect((await look(opened(sample('inbox_updated--whatsapp-settings')))).lead).toMatch(
		/^This event is about no message, conversation or contact/,
	);
	expect((await look(opened({ event: 'message_created', conversation: { id: 7 } }))).lead).toMatch(
		/^This payload does not say which message it is about/,
	);
});

test('a delivery that arrived first but shows a later state is said to have overtaken', async () => {
	const later = { ...resolved, updated_at: Number(resolved.updated_at) + 60 };
	const { sentences } = await look(opened(later, resolved));
	expect(sentences.at(-1)).toBe(
		'#1 arrived before this one, but shows a later state: they overtook each other on the way.',
	);
});

test('a receiver that does not answer is said, and can be asked again', async () => {
	const log = new DeliveryLog();
	const body = bytes(JSON.stringify(created));
	const state = { answer: null, isPinned: false, note: null, signature: null };
	const summaries = [1, 2].map((id) => ({ ...summarize(delivery({ body })), id, state }));
	log.append(summaries);
	let isUp = false;
	const api = new ApiClient('http://inspector.test/', () =>
		isUp
			? Promise.resolve(new Response(body, { headers: { 'x-inspector': '1' } }))
			: Promise.reject(new TypeError('Failed to fetch')),
	);
	const earlier = new EarlierDelivery({ log, api }, summaries[1]!, body);
	await earlier.look();
	expect(earlier.view).toEqual({ kind: 'nothing', reason: 'problem', words: 'The receiver does not answer.' });
	isUp = true;
	await earlier.look();
	expect(earlier.view.kind).toBe('found');
});

test('an earlier search that is still reading does not overwrite a later choice', async () => {
	const earlier = opened(withStatus(resolved, 'open'), created);
	const first = earlier.look('conversation');
	await earlier.look('contact');
	await first;
	expect(earlier.choice).toBe('contact');
	expect(words(earlier.view).lead).toMatch(/^Contact 518/);
});
