import Database from 'libsql';
import { closeSync, openSync } from 'node:fs';
import { StoreError } from '../receiver/store';

export type Row = Record<string, unknown>;
export type Parameter = string | number | Uint8Array | null;

/**
 * One SQLite file, locked for this process, brought to the newest version, and written ahead with
 * `synchronous=FULL`. Whatever SQLite refuses becomes a StoreError that says what a person can do.
 */
export class DatabaseFile {
	readonly #file: string;
	readonly #database: Database.Database;
	readonly #statements = new Map<string, Database.Statement>();

	/**
	 * Opens or makes the file.
	 * @param steps the migrations, all of them
	 * @param maximumPages pages that the file may have; 0 sets no limit
	 */
	constructor(file: string, steps: readonly string[], maximumPages: number) {
		this.#file = file;
		this.#database = openFile(file);
		try {
			if (maximumPages > 0) this.#database.pragma(`max_page_count = ${maximumPages}`);
			migrate(this.#database, steps);
		} catch (cause) {
			release(this.#database);
			throw explain(cause, file);
		}
	}

	// libsql aborts the process when a lone Buffer or object is a parameter: always one array, and only from here.

	run(sql: string, parameters: Parameter[] = []): Database.RunResult {
		return this.#use(sql, (statement) => statement.run(parameters));
	}

	rows(sql: string, parameters: Parameter[] = []): Row[] {
		return this.#use(sql, (statement) => statement.all(parameters)) as Row[];
	}

	row(sql: string, parameters: Parameter[] = []): Row | undefined {
		return this.#use(sql, (statement) => statement.get(parameters)) as Row | undefined;
	}

	/** All or nothing. */
	transaction<Result>(work: () => Result): Result {
		try {
			this.#database.exec('BEGIN IMMEDIATE');
			const result = work();
			this.#database.exec('COMMIT');
			return result;
		} catch (cause) {
			if (this.#database.inTransaction) this.#database.exec('ROLLBACK');
			throw explain(cause, this.#file);
		}
	}

	/** Writes everything into the one file and lets go of it. */
	close(): void {
		try {
			release(this.#database);
		} catch (cause) {
			throw explain(cause, this.#file);
		}
	}

	#use<Result>(sql: string, work: (statement: Database.Statement) => Result): Result {
		try {
			let statement = this.#statements.get(sql);
			if (!statement) this.#statements.set(sql, (statement = this.#database.prepare(sql)));
			return work(statement);
		} catch (cause) {
			throw explain(cause, this.#file);
		}
	}
}

/** Takes the file to the newest version. Throws when it is already beyond. A step that fails changes nothing. */
export function migrate(database: Database.Database, steps: readonly string[]): void {
	const { user_version: version } = database.prepare('PRAGMA user_version').get([]) as { user_version: number };
	if (version > steps.length) {
		throw new StoreError(
			`The file was written by a newer version of the inspector (its version is ${version}, this one knows ${steps.length}). Update the inspector, or start with another --data folder.`,
		);
	}
	for (let step = version; step < steps.length; step++) {
		try {
			database.exec(`BEGIN IMMEDIATE; ${steps[step]!}; PRAGMA user_version = ${step + 1}; COMMIT`);
		} catch (cause) {
			if (database.inTransaction) database.exec('ROLLBACK');
			throw cause;
		}
	}
}

function openFile(file: string): Database.Database {
	let database: Database.Database | undefined;
	try {
		// Payloads hold personal data: nobody else on this machine may read them. SQLite's other files follow this one.
		closeSync(openSync(file, 'a', 0o600));
		database = new Database(file);
		// Before anything else is read, so that a second process stops here.
		database.pragma('locking_mode = EXCLUSIVE');
		database.pragma('journal_mode = WAL');
		database.pragma('synchronous = FULL');
		database.prepare('SELECT count(*) FROM sqlite_schema').get([]);
		// WAL with an exclusive lock takes the lock at the first write.
		database.exec('BEGIN IMMEDIATE; COMMIT');
		return database;
	} catch (cause) {
		database?.close();
		throw explain(cause, file);
	}
}

/**
 * libsql finalizes statements only when they are collected, and until then they keep the connection and
 * its lock, also after it was closed. Leaving WAL gives the lock back at once.
 */
function release(database: Database.Database): void {
	try {
		database.pragma('journal_mode = DELETE');
		database.pragma('locking_mode = NORMAL');
		database.prepare('SELECT count(*) FROM sqlite_schema').get([]);
	} finally {
		database.close();
	}
}

/** Turns what SQLite says into what a person can do about it. */
function explain(cause: unknown, file: string): StoreError {
	if (cause instanceof StoreError) return cause;
	const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
	const reason = cause instanceof Error ? cause.message : String(cause);
	return new StoreError(explanation(code, reason, file), { cause });
}

function explanation(code: string, reason: string, file: string): string {
	if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED')) {
		return `Another process is using ${file}. Stop it, or start with another --data folder.`;
	}
	if (code.startsWith('SQLITE_FULL')) {
		return 'The disk is full: nothing can be stored. Free some space; what was stored is safe.';
	}
	if (code.startsWith('SQLITE_NOTADB') || code.startsWith('SQLITE_CORRUPT')) {
		return `${file} is damaged or is no delivery file (${reason}). Nothing was changed. Move it away or restore a copy, or start with another --data folder.`;
	}
	return `${file} cannot be used (${reason}). Check that it is a file that this user may read and write, or start with another --data folder.`;
}
