/**
 * A browser opens six connections to one server, for all of its tabs together, and an open stream
 * holds one. Tabs therefore share a few places; who gets none asks on a timer instead.
 */
export interface StreamSlots {
	/** Takes a place and resolves to the way to give it back; null when all are taken. */
	take(): Promise<(() => void) | null>;
}

const places = 4;

/** Places that all tabs of this origin share. Without the browser's locks (no secure context) there is always one. */
export function sharedSlots(locks: LockManager | undefined): StreamSlots {
	return {
		async take() {
			if (!locks) return () => undefined;
			for (let place = 0; place < places; place++) {
				const release = await takeLock(locks, `inspector-stream-${place}`);
				if (release) return release;
			}
			return null;
		},
	};
}

function takeLock(locks: LockManager, name: string): Promise<(() => void) | null> {
	return new Promise((resolve, reject) => {
		locks
			.request(name, { ifAvailable: true }, (lock) => {
				if (!lock) return resolve(null);
				// The lock is held until this promise settles.
				return new Promise<void>((release) => resolve(release));
			})
			.catch(reject);
	});
}
