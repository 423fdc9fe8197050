import { mockScope } from './demo-address';

const waitMilliseconds = 5_000;
const takingMilliseconds = 500;
/** How often it is looked whether the browser has got on. */
const pollMilliseconds = 15;

/** The address of the service worker's script. */
export function mockScript(base: string): string {
	return new URL('./mockServiceWorker.js', base).href;
}

/**
 * Registers the service worker and waits until it controls this page. Resolves to null where it does not, and then
 * leaves nothing behind. Apart from the mock itself, whose code takes a while to load meanwhile.
 */
export async function registerMock(base: string): Promise<ServiceWorkerRegistration | null> {
	const scope = mockScope(base);
	if (!location.href.startsWith(scope)) return null;
	const registration = await register(base, scope);
	if (registration === null || (await isControlledBy(registration))) return registration;
	await registration.unregister();
	return null;
}

async function register(base: string, scope: string): Promise<ServiceWorkerRegistration | null> {
	try {
		const { serviceWorker } = navigator;
		// After a reload it is there, and to register it once more may take seconds.
		const existing = serviceWorker.controller && (await serviceWorker.getRegistration(scope));
		if (existing?.active && existing.active === serviceWorker.controller) return existing;
		return await serviceWorker.register(mockScript(base), { scope });
	} catch {
		return null;
	}
}

/** Waits until the service worker controls this page; false when that is not going to be. */
async function isControlledBy(registration: ServiceWorkerRegistration): Promise<boolean> {
	let giveUpAt = Date.now() + waitMilliseconds;
	let isActivated = false;
	while (registration.active === null || navigator.serviceWorker.controller !== registration.active) {
		if (Date.now() > giveUpAt) return false;
		// It takes pages while it is being activated: one that was loaded past it is never taken.
		if (!isActivated && registration.active?.state === 'activated') {
			isActivated = true;
			giveUpAt = Date.now() + takingMilliseconds;
		}
		await pause(pollMilliseconds);
	}
	return true;
}

export function pause(milliseconds: number): Promise<void> {
	return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
