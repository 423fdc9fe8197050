/**
 * Sends one request again and again over a number of kept connections, in a process of its own, so that it
 * takes no time from what it measures. Told by a message what to do; answers with what it saw.
 */
import { connect } from 'node:net';

/**
 * @typedef {{ port: number, path: string, body: string, concurrency: number, milliseconds: number }} Load
 * @typedef {{ requestsPerSecond: number, p50: number, p99: number, failed: number }} Seen times in milliseconds; `failed` counts answers other than 2xx
 */

process.on('message', (/** @type {Load} */ load) => {
	run(load).then(
		(seen) => process.send?.({ seen }),
		(/** @type {Error} */ error) => process.send?.({ error: error.message }),
	);
});

/**
 * @param {Load} load
 * @returns {Promise<Seen>}
 */
async function run({ port, path, body, concurrency, milliseconds }) {
	const bytes = Buffer.from(body);
	const head = [
		`POST ${path} HTTP/1.1`,
		`Host: 127.0.0.1:${port}`,
		'Content-Type: application/json',
		'User-Agent: chatwoot-bench',
		`Content-Length: ${bytes.length}`,
	];
	const request = Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`), bytes]);
	/** @type {number[]} */
	const times = [];
	let failed = 0;
	const startedAt = performance.now();
	const end = startedAt + milliseconds;

	const connections = Array.from(
		{ length: concurrency },
		() =>
			/** @type {Promise<void>} */ (
				new Promise((resolve, reject) => {
					const socket = connect(port, '127.0.0.1');
					let answer = '';
					let sentAt = 0;
					const send = () => {
						answer = '';
						sentAt = performance.now();
						socket.write(request);
					};
					socket.setNoDelay(true);
					socket.once('connect', send);
					socket.on('error', reject);
					socket.on('close', () =>
						performance.now() < end ? reject(new Error('The connection was closed.')) : resolve(),
					);
					socket.on('data', (chunk) => {
						answer += chunk.toString('latin1');
						if (!isWhole(answer)) return;
						const now = performance.now();
						times.push(now - sentAt);
						if (answer[9] !== '2') failed++;
						if (now < end) send();
						else socket.end();
					});
				})
			),
	);
	await Promise.all(connections);
	const seconds = (performance.now() - startedAt) / 1000;
	times.sort((a, b) => a - b);
	/** @param {number} share */
	const at = (share) => times[Math.floor((times.length - 1) * share)] ?? NaN;
	return { requestsPerSecond: times.length / seconds, p50: at(0.5), p99: at(0.99), failed };
}

/** @param {string} answer */
function isWhole(answer) {
	const end = answer.indexOf('\r\n\r\n');
	if (end === -1) return false;
	const length = /\r\ncontent-length: *(\d+)/i.exec(answer.slice(0, end + 2))?.[1];
	if (length !== undefined) return answer.length >= end + 4 + Number(length);
	return answer.endsWith('0\r\n\r\n');
}
