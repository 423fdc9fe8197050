/**
 * 53 bits of a text as 14 hex digits: equal texts have equal hashes, and two different ones are the same about
 * once in 9 × 10^15 pairs. For comparing, not for secrets: whoever wants can make two texts collide.
 *
 * The mixing is cyrb53 (public domain), which passes SMHasher's avalanche tests and needs no more than `Math.imul`.
 */
export function textHash(text: string): string {
	let low = lowSeed;
	let high = highSeed;
	for (let index = 0; index < text.length; index++) {
		const unit = text.charCodeAt(index);
		low = Math.imul(low ^ unit, 2654435761);
		high = Math.imul(high ^ unit, 1597334677);
	}
	return digits(low, high);
}

/** `textHash` of bytes; a text and its bytes in ASCII have the same. */
export function bytesHash(bytes: Uint8Array): string {
	let low = lowSeed;
	let high = highSeed;
	for (const byte of bytes) {
		low = Math.imul(low ^ byte, 2654435761);
		high = Math.imul(high ^ byte, 1597334677);
	}
	return digits(low, high);
}

const lowSeed = 0xdeadbeef;
const highSeed = 0x41c6ce57;

function digits(low: number, high: number): string {
	const mixedLow = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909);
	const mixedHigh = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(mixedLow ^ (mixedLow >>> 13), 3266489909);
	return (4294967296 * (2097151 & mixedHigh) + (mixedLow >>> 0)).toString(16).padStart(14, '0');
}
