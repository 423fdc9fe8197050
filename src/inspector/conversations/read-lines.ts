/** The lines of a UTF-8 text as it comes, without their ends; a last one that is empty is none. */
export async function* readLines(stream: ReadableStream<Uint8Array>): AsyncGenerator<string, void, undefined> {
	const decoder = new TextDecoder();
	const reader = stream.getReader();
	/** Of the line that has begun: joined once, however many there are. */
	let pieces: string[] = [];
	try {
		for (;;) {
			const { done, value } = await reader.read();
			const parts = (done ? decoder.decode() : decoder.decode(value, { stream: true })).split('\n');
			for (const [index, part] of parts.entries()) {
				if (index > 0) {
					yield pieces.join('');
					pieces = [];
				}
				if (part !== '') pieces.push(part);
			}
			if (done) break;
		}
		if (pieces.length > 0) yield pieces.join('');
	} finally {
		void reader.cancel().catch(() => undefined);
	}
}
