/**
 * The least that can show a delivery: a page that adds one line per event of a stream, and a server that writes the
 * event when the POST arrives. It stores nothing, and reads the body only to its end.
 *
 * Tells its parent the port.
 */
import { createServer } from 'node:http';

const page = `<!doctype html><title>bare</title><body><script>
new EventSource('/events').onmessage = ({ data }) => {
	const line = document.createElement('div');
	line.id = 'row-' + data;
	line.textContent = data + ' message_created';
	document.body.append(line);
	scrollTo(0, document.body.scrollHeight);
};
</script>`;

/** @type {Set<import('node:http').ServerResponse>} */
const streams = new Set();
let lastId = 0;

const server = createServer((incoming, outgoing) => {
	if (incoming.method === 'POST') {
		incoming.resume().on('end', () => {
			lastId++;
			for (const stream of streams) stream.write(`data: ${lastId}\n\n`);
			outgoing.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': 2 }).end('{}');
		});
	} else if (incoming.url === '/events') {
		outgoing.writeHead(200, { 'Content-Type': 'text/event-stream' }).write(': open\n\n');
		streams.add(outgoing);
		outgoing.on('close', () => streams.delete(outgoing));
	} else {
		outgoing.writeHead(200, { 'Content-Type': 'text/html' }).end(page);
	}
});
server.listen(0, '127.0.0.1', () => {
	const address = server.address();
	if (typeof address === 'object') process.send?.({ port: address?.port });
});
