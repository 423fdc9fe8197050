/**
 * Each step takes a file of the version before it to its own; `user_version` says where a file is.
 * A step that has been released is never edited.
 *
 * `deliveries` holds what lists need, `requests` what is looked at one at a time, so that reading a
 * list does not drag the bodies through the cache. Both are written once; what changes later has
 * tables of its own. AUTOINCREMENT is what makes ids never come back.
 *
 * `counted_events` is written with every commit, so it has only figures; the names beside them stand in
 * `counted_pointers`, where a row is written once.
 */
export const migrations: readonly string[] = [
	`
	CREATE TABLE deliveries (
		id INTEGER PRIMARY KEY AUTOINCREMENT,
		received_at INTEGER NOT NULL,
		weight INTEGER NOT NULL,
		summary TEXT NOT NULL
	) STRICT;
	CREATE TABLE requests (
		id INTEGER PRIMARY KEY,
		endpoint TEXT NOT NULL,
		method TEXT NOT NULL,
		target TEXT NOT NULL,
		headers TEXT NOT NULL,
		truncation TEXT,
		body BLOB NOT NULL
	) STRICT;
	CREATE TABLE answers (
		id INTEGER PRIMARY KEY,
		status INTEGER NOT NULL,
		milliseconds REAL NOT NULL,
		headers TEXT NOT NULL,
		body TEXT NOT NULL
	) STRICT;
	CREATE TABLE states (
		id INTEGER PRIMARY KEY,
		is_pinned INTEGER NOT NULL DEFAULT 0
	) STRICT;
	CREATE TABLE spared (id INTEGER PRIMARY KEY) STRICT;
	CREATE TABLE store (
		only INTEGER PRIMARY KEY CHECK (only = 1),
		count INTEGER NOT NULL,
		bytes INTEGER NOT NULL,
		dropped INTEGER NOT NULL,
		summary_version INTEGER NOT NULL,
		purged_through INTEGER NOT NULL,
		cleared_through INTEGER NOT NULL,
		undo_until INTEGER NOT NULL
	) STRICT;
	INSERT INTO store VALUES (1, 0, 0, 0, 0, 0, 0, 0);
	`,
	'ALTER TABLE spared ADD COLUMN is_cleared INTEGER NOT NULL DEFAULT 0',
	'ALTER TABLE deliveries ADD COLUMN signature TEXT',
	`
	CREATE TABLE counted_events (event TEXT PRIMARY KEY, tally TEXT NOT NULL) STRICT;
	CREATE TABLE counted_pointers (
		event TEXT NOT NULL,
		place INTEGER NOT NULL,
		pointer TEXT NOT NULL,
		PRIMARY KEY (event, place)
	) STRICT, WITHOUT ROWID;
	ALTER TABLE store ADD COLUMN other_deliveries INTEGER NOT NULL DEFAULT 0;
	`,
	// Two seconds for a million rows, once. It follows the summaries by itself, also when they are derived again.
	"CREATE INDEX deliveries_of_conversation ON deliveries (json_extract(summary, '$.conversationId'), id)",
];
