import { http, type RequestHandler } from 'msw';

/**
 * The whole mock: requests below the page's address that are meant for a receiver go to this one.
 * It is the real application, so the mock cannot drift from what it stands for.
 *
 * @param base the page's address, `document.baseURI`; the receiver knows nothing of a sub-path
 */
export function receiverHandlers(
	receiver: { fetch(request: Request): Response | Promise<Response> },
	base: string,
): RequestHandler[] {
	const root = new URL('.', base);
	const answer = ({ request }: { request: Request }) => {
		const path = request.url.slice(root.href.length);
		return receiver.fetch(root.pathname === '/' ? request : new Request(new URL(`/${path}`, root), request));
	};
	return ['api/*', 'hooks/*'].map((pattern) => http.all(`${root.href}${pattern}`, answer));
}
