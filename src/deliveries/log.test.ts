import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Summary } from './api';
import { DeliveryLog } from './log';

const text = fc.oneof(
	fc.constantFrom('', 'open', 'message_created', '#1401 Maria Lopez'),
	fc.string({ unit: 'binary' }),
);
const maybe = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(value, { nil: null });
const whole = fc.oneof(fc.nat(50), fc.maxSafeNat());
const counts = maybe(fc.record({ error: fc.nat(9), warning: fc.nat(9), info: fc.nat(40) }));
const uuid = fc.oneof(
	fc.uuid(),
	fc.constantFrom('00000000-0000-0000-0000-000000000000', '0BDE4B46-58E4-4D2F-8F5C-0F1B1A8B9C11', '', 'not a uuid'),
);

function summaries(id: fc.Arbitrary<number> = fc.nat(40)): fc.Arbitrary<Summary> {
	return fc.record({
		id,
		version: fc.nat(3),
		endpoint: text,
		receivedAt: whole,
		method: text,
		path: text,
		event: maybe(text),
		kind: fc.constantFrom('json', 'not-json', 'not-utf8', 'empty'),
		isTruncated: fc.boolean(),
		size: whole,
		accountId: maybe(whole),
		inboxId: maybe(whole),
		conversationId: maybe(whole),
		contactId: maybe(whole),
		messageId: maybe(whole),
		subject: text,
		excerpt: text,
		status: maybe(text),
		messageType: maybe(text),
		isPrivate: maybe(fc.boolean()),
		changed: fc.array(fc.record({ attribute: text, previous: maybe(text), current: maybe(text) }), { maxLength: 3 }),
		deliveryHeaderId: maybe(uuid),
		bodyHash: maybe(text),
		isSigned: fc.boolean(),
		verdict: maybe(fc.constantFrom('ok', 'info', 'warning', 'error')),
		counts,
		guideCounts: counts,
		state: fc.record({
			answer: maybe(fc.record({ status: fc.nat(599), milliseconds: fc.double({ min: 0, max: 1e6, noNaN: true }) })),
			isPinned: fc.boolean(),
			note: maybe(text),
			signature: maybe(fc.constantFrom('valid', 'invalid', 'absent')),
		}),
	});
}

const sample: Summary = fc.sample(summaries(), { seed: 7, numRuns: 1 })[0]!;

function numbered(...ids: number[]): Summary[] {
	return ids.map((id) => ({ ...sample, id, messageId: id, subject: `#${id % 300}` }));
}

function span(from: number, to: number): Summary[] {
	return numbered(...Array.from({ length: to - from }, (_, index) => from + index));
}

function all(log: DeliveryLog): Summary[] {
	return Array.from({ length: log.size }, (_, index) => log.read(index));
}

function ids(log: DeliveryLog): number[] {
	return Array.from({ length: log.size }, (_, index) => log.idAt(index));
}

test('what went in comes out', () => {
	fc.assert(
		fc.property(fc.array(summaries(), { maxLength: 8 }), (given) => {
			const log = new DeliveryLog();
			const ascending = given.map((summary, index) => ({ ...summary, id: index + 1 }));
			expect(log.append(ascending)).toBe(given.length);
			expect(all(log)).toEqual(ascending);
		}),
	);
});

test('it behaves like a plain sorted array, whatever is done in whatever order', () => {
	const some = fc.array(summaries(), { maxLength: 6 });
	const command = fc.oneof(
		fc.record({ name: fc.constant('append' as const), some }),
		fc.record({ name: fc.constant('prepend' as const), some }),
		fc.record({ name: fc.constant('insertMissing' as const), some }),
		fc.record({ name: fc.constant('update' as const), summary: summaries() }),
		fc.record({ name: fc.constant('dropBefore' as const), id: fc.nat(45) }),
		fc.record({ name: fc.constant('keepOnly' as const), remainder: fc.nat(2) }),
		fc.record({ name: fc.constant('clear' as const) }),
	);
	fc.assert(
		fc.property(fc.array(command, { maxLength: 20 }), (commands) => {
			const log = new DeliveryLog();
			let model: Summary[] = [];
			for (const command of commands) {
				const before = model;
				switch (command.name) {
					case 'append':
						for (const summary of command.some) if (summary.id > (model.at(-1)?.id ?? -1)) model = [...model, summary];
						expect(log.append(command.some)).toBe(model.length - before.length);
						break;
					case 'prepend': {
						const older: Summary[] = [];
						for (const summary of command.some) {
							const isOlder = summary.id < (model[0]?.id ?? Infinity);
							if (isOlder && summary.id > (older.at(-1)?.id ?? -1)) older.push(summary);
						}
						model = [...older, ...model];
						expect(log.prepend(command.some)).toBe(older.length);
						break;
					}
					case 'insertMissing':
						for (const summary of command.some) {
							if (!model.some(({ id }) => id === summary.id)) model = [...model, summary];
						}
						model = [...model].sort((left, right) => left.id - right.id);
						expect(log.insertMissing(command.some)).toBe(model.length - before.length);
						break;
					case 'update':
						model = model.map((summary) => (summary.id === command.summary.id ? command.summary : summary));
						expect(log.update(command.summary)).toBe(model.includes(command.summary));
						break;
					case 'dropBefore':
						model = model.filter(({ id }) => id >= command.id);
						expect(log.dropBefore(command.id)).toBe(before.length - model.length);
						break;
					case 'keepOnly':
						model = model.filter(({ id }) => id % 3 !== command.remainder);
						log.keepOnly((index) => log.idAt(index) % 3 !== command.remainder);
						break;
					case 'clear':
						model = [];
						log.clear();
				}
				expect(all(log)).toEqual(model);
				for (let id = -1; id <= 41; id++) expect(log.indexOf(id)).toBe(model.findIndex((summary) => summary.id === id));
			}
		}),
	);
});

test('pages of any size are joined across chunks, at both ends and in a gap', () => {
	const log = new DeliveryLog();
	log.append(span(5000, 7500));
	log.append(span(9000, 9003));
	expect(log.prepend(span(3500, 4500))).toBe(1000);
	expect(log.prepend(span(3490, 3500))).toBe(10);
	expect(log.insertMissing(span(4400, 9100))).toBe(500 + 1500 + 97);
	expect(all(log)).toEqual(span(3490, 9100));
	expect(log.indexOf(7499)).toBe(7499 - 3490);
});

test('dropping the oldest one by one leaves the rest where it was', () => {
	const log = new DeliveryLog();
	log.append(span(1, 2600));
	for (let id = 2; id <= 1100; id++) expect(log.dropBefore(id)).toBe(1);
	expect(ids(log)[0]).toBe(1100);
	expect(log.size).toBe(1500);
	expect(log.get(2599)).toEqual(span(2599, 2600)[0]);
	log.append(span(2600, 4000));
	expect(all(log)).toEqual(span(1100, 4000));
});

test('a row whose note changes thousands of times still reads right, and so do its neighbours', () => {
	const log = new DeliveryLog();
	log.append(span(1, 20));
	const changed = { ...sample, id: 7 };
	for (let round = 0; round < 9_000; round++) {
		changed.state = { ...sample.state, note: `note ${round}` };
		log.update({ ...changed });
	}
	expect(log.get(7)?.state.note).toBe('note 8999');
	expect(log.get(8)).toEqual(span(8, 9)[0]);
});

test('the version grows with each change and stays with each call that changes nothing', () => {
	const log = new DeliveryLog();
	const versionAfter = (act: () => void): number => {
		act();
		return log.version;
	};
	const appended = versionAfter(() => log.append(numbered(1, 2, 3)));
	expect(appended).toBeGreaterThan(0);
	expect(versionAfter(() => log.append(numbered(2, 3)))).toBe(appended);
	expect(versionAfter(() => log.update(numbered(9)[0]!))).toBe(appended);
	expect(versionAfter(() => log.dropBefore(1))).toBe(appended);
	expect(versionAfter(() => log.insertMissing(numbered(1, 3)))).toBe(appended);
	const updated = versionAfter(() => log.update(numbered(2)[0]!));
	expect(updated).toBeGreaterThan(appended);
	expect(versionAfter(() => log.keepOnly((index) => log.idAt(index) !== 2))).toBeGreaterThan(updated);
	expect(ids(log)).toEqual([1, 3]);
});

test('verdicts are counted as often as rows come, change and go, for either contract', () => {
	const naive = (log: DeliveryLog, count: number) => {
		const rows = all(log).slice(0, count);
		const worst = (given: Summary['counts'], severity: 'error' | 'warning') =>
			given !== null && given[severity] > 0 && (severity === 'error' || given.error === 0);
		return {
			both: {
				error: rows.filter(({ verdict }) => verdict === 'error').length,
				warning: rows.filter(({ verdict }) => verdict === 'warning').length,
			},
			guide: {
				error: rows.filter(({ guideCounts }) => worst(guideCounts, 'error')).length,
				warning: rows.filter(({ guideCounts }) => worst(guideCounts, 'warning')).length,
			},
		};
	};
	fc.assert(
		fc.property(fc.array(summaries(), { maxLength: 12 }), fc.nat(14), fc.nat(40), (given, count, id) => {
			const log = new DeliveryLog();
			const expectAll = () => {
				for (const upTo of [count, log.size]) {
					const counted = { both: log.countVerdicts('both', upTo), guide: log.countVerdicts('guide', upTo) };
					expect(counted).toEqual(naive(log, upTo));
				}
			};
			log.insertMissing(given);
			expectAll();
			for (const summary of given) log.update({ ...summary, verdict: 'error', guideCounts: null });
			expectAll();
			log.dropBefore(id);
			expectAll();
			log.append(span(41, 1200));
			expectAll();
		}),
		{ numRuns: 50 },
	);
});

test('single values are read without the rest', () => {
	const log = new DeliveryLog();
	log.append([{ ...sample, id: 4, event: 'message_created', receivedAt: 99, changed: [] }]);
	expect(log.event(0)).toBe('message_created');
	expect(log.receivedAt(0)).toBe(99);
	expect(log.changed(0)).toEqual([]);
	expect(log.value(0, 'isPinned')).toBe(sample.state.isPinned);
});

test('an index beyond the end is a mistake of ours and throws', () => {
	const log = new DeliveryLog();
	expect(() => log.read(0)).toThrow(RangeError);
	expect(log.oldestId).toBeNull();
	expect(log.newestId).toBeNull();
});

test('whoever has read the rows hears when others have come between them, or instead of them', () => {
	const [any] = fc.sample(summaries(), 1);
	const summaryWith = (id: number): Summary => ({ ...any!, id });
	const log = new DeliveryLog();
	log.append([1, 3, 4, 6].map((id) => summaryWith(id)));
	log.prepend([summaryWith(0)]);
	log.dropBefore(3);
	expect(log.generation).toBe(0);
	log.prepend([summaryWith(2)]);
	expect(log.generation).toBe(1);
	log.insertMissing([summaryWith(5)]);
	expect(log.generation).toBe(2);
	log.insertMissing([summaryWith(7)]);
	log.keepOnly(() => true);
	expect(log.generation).toBe(2);
	log.keepOnly((index) => index > 1);
	expect(log.generation).toBe(3);
});
