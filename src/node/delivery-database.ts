import { presentMembers } from '../chatwoot/check/coverage';
import type {
	Answer,
	ClearResult,
	CountedMembers,
	DeliveryDetail,
	DeliveryPage,
	KeepLimits,
	StoreStatus,
	Summary,
	SummaryFacts,
} from '../deliveries/api';
import { readBody, type BodyReading } from '../deliveries/body-reading';
import type { Delivery, DeliveryId, Header, Truncation } from '../deliveries/delivery';
import { MemberCounter, type EventTally } from '../deliveries/member-counter';
import {
	StoreError,
	undoMilliseconds,
	weigh,
	wholePageBytes,
	type ConversationChoice,
	type ListRange,
	type SignatureState,
	type StoredDelivery,
	type WholeRange,
} from '../receiver/store';
import { DatabaseFile, type Parameter, type Row } from './database-file';
import { migrations } from './delivery-schema';

/** How summaries are derived; a parameter, so that a test can be an older version. */
export interface Summarizer {
	version: number;
	summarize(delivery: Delivery, reading?: BodyReading): SummaryFacts;
}

export interface DatabaseOptions {
	file: string;
	keep: KeepLimits;
	summarizer: Summarizer;
	now: () => number;
	/** Pages that the file may have, a way for tests to fill the disk; 0 sets no limit. */
	maximumPages: number;
}

/**
 * A `Summary` as JSON. Its facts are in the file as JSON, so that a list goes out without being read and written again.
 * The milliseconds have as many digits as a number needs to come back.
 */
const summaryText = `
	'{"id":' || d.id
	|| ',"state":{"answer":' || iif(a.status IS NULL, 'null',
		'{"status":' || a.status || ',"milliseconds":' || printf('%!.17g', a.milliseconds) || '}')
	|| ',"isPinned":' || iif(s.is_pinned = 1, 'true', 'false')
	|| ',"note":null,"signature":' || json_quote(d.signature)
	|| '},' || substr(d.summary, 2)
`;
const listColumns = `
	d.id, ${summaryText} AS summary
	FROM deliveries d LEFT JOIN answers a ON a.id = d.id LEFT JOIN states s ON s.id = d.id
`;
const chunkSize = 500;
const encoder = new TextEncoder();

/**
 * The deliveries in one SQLite file, synchronously: what the store's thread does.
 *
 * The file is locked for this process alone, and written ahead with `synchronous=FULL`: what a
 * transaction holds survives the process being killed and the power failing, as far as the disk
 * keeps its word when it says that it has written.
 *
 * Clearing moves a mark (`cleared_through`) past the deliveries, so that it costs the same for a
 * million as for one; they are deleted bit by bit when they can no longer be restored. `spared` are
 * the pinned ones that a mark has passed over; one that was let go of and then taken by the last
 * clear `is_cleared`, until it is restored or the time for that is over.
 */
export class DeliveryDatabase {
	readonly #database: DatabaseFile;
	readonly #options: DatabaseOptions;
	/** The `store` row, as of the last commit. */
	#counters = { count: 0, bytes: 0, dropped: 0, purgedThrough: 0, clearedThrough: 0, undoUntil: 0 };
	#ends: { oldest: DeliveryId | null; newest: DeliveryId | null } = { oldest: null, newest: null };
	/** As of the last commit, and what the transaction under way has added. */
	readonly #counter = new MemberCounter();

	/** Opens or makes the file. Throws a StoreError that says what is wrong with it and what to do. */
	constructor(options: DatabaseOptions) {
		this.#options = options;
		this.#database = new DatabaseFile(options.file, migrations, options.maximumPages);
		try {
			this.#readCounters();
			this.#readCountedMembers();
		} catch (error) {
			this.#database.close();
			throw error;
		}
	}

	/** Appends and records answers in one transaction, all of it safe when this returns; gives the new summaries. */
	write(
		appends: readonly { delivery: Delivery; signature: SignatureState }[],
		answers: readonly { id: DeliveryId; answer: Answer }[],
	): Summary[] {
		return this.#transaction(() => {
			const appended = appends.map(({ delivery, signature }) => this.#insert(delivery, signature));
			for (const { id, answer } of answers) this.#insertAnswer(id, answer);
			if (appended.length > 0) {
				this.#ends = { oldest: this.#ends.oldest ?? appended[0]!.id, newest: appended.at(-1)!.id };
				this.#dropOverLimit();
				this.#writeCountedMembers();
			}
			return appended;
		});
	}

	list(range: ListRange): DeliveryPage {
		return { deliveries: this.#rowsIn(range).map(readSummary), ...this.#ends };
	}

	listText(range: ListRange): Uint8Array<ArrayBuffer> {
		const { oldest, newest } = this.#ends;
		const deliveries = this.#rowsIn(range).map(({ summary }) => summary as string);
		return encoder.encode(`{"deliveries":[${deliveries.join(',')}],"oldest":${oldest},"newest":${newest}}`);
	}

	listWhole({ after, limit, conversation }: WholeRange): StoredDelivery[] {
		const page: StoredDelivery[] = [];
		let bytes = 0;
		for (const row of this.#rowsAfter(after, limit, onlyOf(conversation))) {
			if (bytes > wholePageBytes) break;
			const summary = readSummary(row);
			const delivery = this.#readDelivery(summary.id, summary.receivedAt);
			bytes += delivery.body.length;
			page.push({ summary, delivery });
		}
		return page;
	}

	summary(id: DeliveryId): Summary | null {
		if (!this.#isVisible(id)) return null;
		const row = this.#database.row(`SELECT ${listColumns} WHERE d.id = ?`, [id]);
		return row ? readSummary(row) : null;
	}

	get(id: DeliveryId): DeliveryDetail | null {
		const summary = this.summary(id);
		const request = this.#database.row(
			'SELECT target, headers, truncation, length(body) AS size FROM requests WHERE id = ?',
			[id],
		);
		if (!summary || !request) return null;
		const answer = this.#database.row('SELECT status, milliseconds, headers, body FROM answers WHERE id = ?', [id]);
		return {
			...summary,
			target: request.target as string,
			headers: JSON.parse(request.headers as string) as Header[],
			bodySize: request.size as number,
			truncation: readTruncation(request.truncation),
			answer: answer
				? {
						status: answer.status as number,
						milliseconds: answer.milliseconds as number,
						headers: JSON.parse(answer.headers as string) as Header[],
						body: answer.body as string,
					}
				: null,
		};
	}

	body(id: DeliveryId): Uint8Array<ArrayBuffer> | null {
		if (!this.#isVisible(id)) return null;
		const row = this.#database.row('SELECT body FROM requests WHERE id = ?', [id]);
		return row ? readBlob(row.body) : null;
	}

	clear(through: DeliveryId): ClearResult {
		return this.#transaction(() => {
			const counters = this.#counters;
			const before = counters.count;
			this.#forgetCleared();
			this.#database.run(
				`UPDATE spared SET is_cleared = 1
				WHERE id <= ? AND id NOT IN (SELECT id FROM states WHERE is_pinned = 1)`,
				[through],
			);
			// A mark beyond the newest would hide what has not arrived yet.
			counters.clearedThrough = Math.max(Math.min(through, this.#ends.newest ?? 0), counters.clearedThrough);
			counters.undoUntil = this.#options.now() + undoMilliseconds;
			this.#database.run(
				`INSERT INTO spared (id) SELECT s.id FROM states s JOIN deliveries d ON d.id = s.id
				WHERE s.is_pinned = 1 AND s.id > ? AND s.id <= ?`,
				[counters.purgedThrough, counters.clearedThrough],
			);
			this.#recount();
			return { cleared: before - counters.count, undoUntil: counters.undoUntil };
		});
	}

	restore(): number {
		if (this.#options.now() > this.#counters.undoUntil) return 0;
		return this.#transaction(() => {
			const counters = this.#counters;
			const before = counters.count;
			counters.clearedThrough = counters.purgedThrough;
			counters.undoUntil = 0;
			this.#database.run('DELETE FROM spared WHERE id > ?', [counters.purgedThrough]);
			this.#database.run('UPDATE spared SET is_cleared = 0 WHERE is_cleared = 1');
			this.#recount();
			const restored = counters.count - before;
			this.#dropOverLimit();
			return restored;
		});
	}

	setPinned(id: DeliveryId, isPinned: boolean): Summary | null {
		if (this.summary(id) === null) return null;
		return this.#transaction(() => {
			this.#database.run(
				'INSERT INTO states (id, is_pinned) VALUES (?, ?) ON CONFLICT DO UPDATE SET is_pinned = excluded.is_pinned',
				[id, isPinned ? 1 : 0],
			);
			return this.summary(id);
		});
	}

	/** Drops what is too old. Returns whether anything went. */
	dropTooOld(): boolean {
		const before = this.#counters.dropped;
		this.#transaction(() => this.#dropOverLimit());
		return this.#counters.dropped > before;
	}

	/** Deletes some of what was cleared for good. Returns whether there may be more. */
	purgeSome(): boolean {
		const counters = this.#counters;
		if (counters.undoUntil > 0 && this.#options.now() > counters.undoUntil) {
			this.#transaction(() => this.#forgetCleared());
		}
		if (counters.purgedThrough === 0) return false;
		const rows = this.#database.rows(
			`SELECT id FROM deliveries WHERE id <= ? AND id NOT IN (SELECT id FROM spared) ORDER BY id LIMIT ${chunkSize}`,
			[counters.purgedThrough],
		);
		if (rows.length > 0) this.#transaction(() => rows.forEach((row) => this.#delete(row.id as number)));
		return rows.length === chunkSize;
	}

	/**
	 * Derives the next few summaries that an older version made.
	 * Returns them and the id to go on after, null when all are done.
	 */
	refreshSome(after: DeliveryId): { updated: Summary[]; next: DeliveryId | null } {
		const { summarizer } = this.#options;
		const { version } = summarizer;
		if (this.#database.row('SELECT summary_version AS version FROM store')?.version === version)
			return { updated: [], next: null };
		// The cleared ones too: they may be restored.
		const rows = this.#database.rows(`SELECT ${listColumns} WHERE d.id > ? ORDER BY d.id LIMIT ${chunkSize / 5}`, [
			after,
		]);
		return this.#transaction(() => {
			const outdated = rows.map(readSummary).filter((summary) => summary.version !== version);
			const updated = outdated.flatMap(({ id, receivedAt }) => {
				const facts = summarizer.summarize(this.#readDelivery(id, receivedAt));
				this.#database.run('UPDATE deliveries SET summary = ? WHERE id = ?', [JSON.stringify(facts), id]);
				return this.summary(id) ?? [];
			});
			const next = (rows.at(-1)?.id as number | undefined) ?? null;
			if (next === null) this.#database.run('UPDATE store SET summary_version = ?', [version]);
			return { updated, next };
		});
	}

	/** Since the file was made, or since it knows how to count. */
	countedMembers(): CountedMembers {
		return this.#counter.counted();
	}

	status(): StoreStatus {
		const { count, bytes, dropped } = this.#counters;
		return { ...this.#ends, count, bytes, dropped };
	}

	/** Writes everything into the one file and lets go of it. */
	close(): void {
		this.#database.close();
	}

	#insert(delivery: Delivery, signature: SignatureState): Summary {
		const { endpoint, receivedAt, method, target, headers, body, truncation } = delivery;
		const reading = readBody(body);
		const facts = this.#options.summarizer.summarize(delivery, reading);
		const summaryText = JSON.stringify(facts);
		const weight = weigh(delivery, summaryText);
		const { lastInsertRowid } = this.#database.run(
			'INSERT INTO deliveries (received_at, weight, summary, signature) VALUES (?, ?, ?, ?)',
			[receivedAt, weight, summaryText, signature],
		);
		const id = Number(lastInsertRowid);
		this.#database.run('INSERT INTO requests VALUES (?, ?, ?, ?, ?, ?, ?)', [
			id,
			endpoint,
			method,
			target,
			JSON.stringify(headers),
			truncation && JSON.stringify(truncation),
			body,
		]);
		this.#counters.count++;
		this.#counters.bytes += weight;
		this.#counter.add(reading.document && presentMembers(reading.document), id);
		return { ...facts, id, state: { answer: null, isPinned: false, note: null, signature } };
	}

	#insertAnswer(id: DeliveryId, { status, milliseconds, headers, body }: Answer): void {
		// It may have been dropped since.
		this.#database.run(
			`INSERT OR REPLACE INTO answers SELECT ?, ?, ?, ?, ?
			WHERE EXISTS (SELECT 1 FROM deliveries WHERE id = ?)`,
			[id, status, milliseconds, JSON.stringify(headers), body, id],
		);
	}

	#dropOverLimit(): void {
		const { count, bytes, ageMilliseconds } = this.#options.keep;
		const oldestAllowed = ageMilliseconds === null ? -Infinity : this.#options.now() - ageMilliseconds;
		const counters = this.#counters;
		let cursor = 0;
		let hasDropped = false;
		for (;;) {
			const isOver = counters.count > count || counters.bytes > bytes;
			if (!isOver && ageMilliseconds === null) break;
			const oldest = this.#oldestUnpinned(cursor, Math.min(chunkSize, Math.max(counters.count - count, 20)));
			const first = oldest[0];
			if (!first || (!isOver && first.receivedAt >= oldestAllowed)) break;
			for (const row of oldest) {
				if (counters.count <= count && counters.bytes <= bytes && row.receivedAt >= oldestAllowed) break;
				this.#delete(row.id);
				counters.count--;
				counters.bytes -= row.weight;
				counters.dropped++;
				cursor = row.id;
				hasDropped = true;
			}
		}
		if (hasDropped) this.#readEnds();
	}

	#oldestUnpinned(after: DeliveryId, limit: number): { id: number; weight: number; receivedAt: number }[] {
		const mark = this.#counters.clearedThrough;
		const unpinned = `
			SELECT d.id, d.weight, d.received_at FROM deliveries d LEFT JOIN states s ON s.id = d.id
			WHERE (s.is_pinned IS NULL OR s.is_pinned = 0)
		`;
		const spared =
			after < mark
				? this.#database.rows(
						`${unpinned} AND d.id IN (SELECT id FROM spared WHERE id > ? AND is_cleared = 0) ORDER BY d.id`,
						[after],
					)
				: [];
		const rest = this.#database.rows(`${unpinned} AND d.id > ? ORDER BY d.id LIMIT ?`, [Math.max(after, mark), limit]);
		return [...spared, ...rest].map((row) => ({
			id: row.id as number,
			weight: row.weight as number,
			receivedAt: row.received_at as number,
		}));
	}

	/** What the last clear took can no longer be restored. */
	#forgetCleared(): void {
		const counters = this.#counters;
		counters.purgedThrough = counters.clearedThrough;
		counters.undoUntil = 0;
		this.#database.run('DELETE FROM spared WHERE is_cleared = 1');
	}

	#delete(id: DeliveryId): void {
		for (const table of ['deliveries', 'requests', 'answers', 'states', 'spared']) {
			this.#database.run(`DELETE FROM ${table} WHERE id = ?`, [id]);
		}
	}

	#isVisible(id: DeliveryId): boolean {
		if (id > this.#counters.clearedThrough) return true;
		return this.#database.row('SELECT id FROM spared WHERE id = ? AND is_cleared = 0', [id]) !== undefined;
	}

	#rowsIn({ after, before, limit, conversation }: ListRange): Row[] {
		const only = onlyOf(conversation);
		return after === undefined ? this.#rowsBefore(before, limit, only) : this.#rowsAfter(after, limit, only);
	}

	#rowsAfter(after: DeliveryId, limit: number, only = onlyOf(undefined)): Row[] {
		const mark = this.#counters.clearedThrough;
		const spared =
			after < mark
				? this.#database.rows(
						`SELECT ${listColumns} WHERE ${only.sql} d.id IN (SELECT id FROM spared WHERE id > ? AND is_cleared = 0) ORDER BY d.id LIMIT ?`,
						[...only.parameters, after, limit],
					)
				: [];
		if (spared.length === limit) return spared;
		const rest = this.#database.rows(`SELECT ${listColumns} WHERE ${only.sql} d.id > ? ORDER BY d.id LIMIT ?`, [
			...only.parameters,
			Math.max(after, mark),
			limit - spared.length,
		]);
		return [...spared, ...rest];
	}

	#rowsBefore(before: DeliveryId | undefined, limit: number, only = onlyOf(undefined)): Row[] {
		const mark = this.#counters.clearedThrough;
		const end = before ?? Number.MAX_SAFE_INTEGER;
		const latest = this.#database.rows(
			`SELECT ${listColumns} WHERE ${only.sql} d.id < ? AND d.id > ? ORDER BY d.id DESC LIMIT ?`,
			[...only.parameters, end, mark, limit],
		);
		const spared =
			latest.length < limit && mark > 0
				? this.#database.rows(
						`SELECT ${listColumns} WHERE ${only.sql} d.id IN (SELECT id FROM spared WHERE id < ? AND is_cleared = 0) ORDER BY d.id DESC LIMIT ?`,
						[...only.parameters, end, limit - latest.length],
					)
				: [];
		return [...latest, ...spared].reverse();
	}

	#readDelivery(id: DeliveryId, receivedAt: number): Delivery {
		const row = this.#database.row(
			'SELECT endpoint, method, target, headers, truncation, body FROM requests WHERE id = ?',
			[id],
		);
		if (!row) throw new StoreError(`Delivery ${id} has no request. The file is damaged.`);
		return {
			endpoint: row.endpoint as string,
			receivedAt,
			method: row.method as string,
			target: row.target as string,
			headers: JSON.parse(row.headers as string) as Header[],
			body: readBlob(row.body),
			truncation: readTruncation(row.truncation),
		};
	}

	/** Counts what is visible from the rows themselves: only after a clear or a restore, when sums can't be kept up. */
	#recount(): void {
		const mark = this.#counters.clearedThrough;
		const sums = 'SELECT count(*) AS count, coalesce(sum(weight), 0) AS bytes FROM deliveries';
		const rest = this.#database.row(`${sums} WHERE id > ?`, [mark])!;
		const spared = this.#database.row(`${sums} WHERE id IN (SELECT id FROM spared WHERE is_cleared = 0)`)!;
		this.#counters.count = (rest.count as number) + (spared.count as number);
		this.#counters.bytes = (rest.bytes as number) + (spared.bytes as number);
		this.#readEnds();
	}

	#readCounters(): void {
		const row = this.#database.row('SELECT * FROM store')!;
		this.#counters = {
			count: row.count as number,
			bytes: row.bytes as number,
			dropped: row.dropped as number,
			purgedThrough: row.purged_through as number,
			clearedThrough: row.cleared_through as number,
			undoUntil: row.undo_until as number,
		};
		this.#readEnds();
	}

	#readCountedMembers(): void {
		for (const { event, tally } of this.#database.rows('SELECT event, tally FROM counted_events')) {
			const figures = JSON.parse(tally as string) as Omit<EventTally, 'pointers'>;
			const rows = this.#database.rows('SELECT pointer FROM counted_pointers WHERE event = ? ORDER BY place', [
				event as string,
			]);
			this.#counter.load(event as string, { ...figures, pointers: rows.map(({ pointer }) => pointer as string) });
		}
		const others = this.#database.row('SELECT other_deliveries AS count FROM store')!;
		this.#counter.loadOtherDeliveries(others.count as number);
	}

	/** One row for each event, however many deliveries share the transaction. */
	#writeCountedMembers(): void {
		const { events, otherDeliveries } = this.#counter.changes();
		for (const { event, tally, knownPointers } of events) {
			const { pointers, ...figures } = tally;
			this.#database.run('INSERT INTO counted_events VALUES (?, ?) ON CONFLICT DO UPDATE SET tally = excluded.tally', [
				event,
				JSON.stringify(figures),
			]);
			for (let place = knownPointers; place < pointers.length; place++) {
				this.#database.run('INSERT INTO counted_pointers VALUES (?, ?, ?)', [event, place, pointers[place]!]);
			}
		}
		if (otherDeliveries !== null) this.#database.run('UPDATE store SET other_deliveries = ?', [otherDeliveries]);
	}

	#readEnds(): void {
		this.#ends = {
			oldest: (this.#rowsAfter(0, 1)[0]?.id as number | undefined) ?? null,
			newest: (this.#rowsBefore(undefined, 1)[0]?.id as number | undefined) ?? null,
		};
	}

	/** All or nothing, the counters included. */
	#transaction<Result>(work: () => Result): Result {
		const counters = { ...this.#counters };
		const ends = this.#ends;
		try {
			const done = this.#database.transaction(() => {
				const result = work();
				const { count, bytes, dropped, purgedThrough, clearedThrough, undoUntil } = this.#counters;
				this.#database.run(
					'UPDATE store SET count = ?, bytes = ?, dropped = ?, purged_through = ?, cleared_through = ?, undo_until = ?',
					[count, bytes, dropped, purgedThrough, clearedThrough, undoUntil],
				);
				return result;
			});
			this.#counter.settle();
			return done;
		} catch (error) {
			this.#counters = counters;
			this.#ends = ends;
			this.#counter.revert();
			throw error;
		}
	}
}

/** The beginning of a condition; the conversation's number is worded as in its index. */
function onlyOf(conversation: ConversationChoice | undefined): { sql: string; parameters: Parameter[] } {
	if (!conversation) return { sql: '', parameters: [] };
	const { conversationId, accountId, endpoint } = conversation;
	let sql = "json_extract(d.summary, '$.conversationId') = ? AND ";
	const parameters: Parameter[] = [conversationId];
	if (accountId !== null) {
		sql += "coalesce(json_extract(d.summary, '$.accountId'), ?) = ? AND ";
		parameters.push(accountId, accountId);
	}
	if (endpoint !== null) {
		sql += "json_extract(d.summary, '$.endpoint') = ? AND ";
		parameters.push(endpoint);
	}
	return { sql, parameters };
}

function readSummary(row: Row): Summary {
	return JSON.parse(row.summary as string) as Summary;
}

function readTruncation(value: unknown): Truncation | null {
	return typeof value === 'string' ? (JSON.parse(value) as Truncation) : null;
}

/** libsql gives a Buffer or an ArrayBuffer, depending on how it is asked. */
function readBlob(value: unknown): Uint8Array<ArrayBuffer> {
	if (value instanceof ArrayBuffer) return new Uint8Array(value);
	return new Uint8Array(value as Uint8Array);
}
