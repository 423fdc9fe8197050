/** A longer text is not kept over a reload. In UTF-16 units. */
export const longestKept = 2 * 1024 * 1024;

/** The database that the text is kept in. */
export const databaseName = 'chatwoot-webhook-inspector';
const storeName = 'validate';
const key = 'text';

/**
 * Keeps a text in this browser, in place of the one from before; a text that is too long or empty only removes that.
 * Nothing happens where a browser has no storage.
 */
export async function keepText(text: string): Promise<void> {
	await withStore('readwrite', (store) => {
		if (text === '' || text.length > longestKept) return settled(store.delete(key));
		return settled(store.put(text, key));
	});
}

/** The text that was kept; null when there is none. */
export async function keptText(): Promise<string | null> {
	const value = await withStore('readonly', (store) => settled<unknown>(store.get(key)));
	return typeof value === 'string' ? value : null;
}

/** Storage may be full or forbidden: a text that is lost at a reload is no reason to stop anybody. */
async function withStore<Result>(
	mode: IDBTransactionMode,
	act: (store: IDBObjectStore) => Promise<Result>,
): Promise<Result | null> {
	try {
		const opening = indexedDB.open(databaseName, 1);
		opening.onupgradeneeded = () => opening.result.createObjectStore(storeName);
		const database = await settled(opening);
		try {
			return await act(database.transaction(storeName, mode).objectStore(storeName));
		} finally {
			database.close();
		}
	} catch {
		return null;
	}
}

function settled<Result>(request: IDBRequest<Result>): Promise<Result> {
	return new Promise((resolve, reject) => {
		request.onsuccess = () => resolve(request.result);
		request.onerror = () => reject(request.error ?? new Error('The browser’s storage failed.'));
	});
}
