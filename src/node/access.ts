import { createHash, timingSafeEqual } from 'node:crypto';
import { isIPv6 } from 'node:net';
import { failure } from '../receiver/receiver';

export interface AccessOptions {
	token: string;
	/** Host names besides loopback, without a port. */
	allowedHosts: readonly string[];
	/** The port that the server really listens on. */
	port: number;
}

/**
 * Who may use the inspector. Captures (`/hooks/*`) never come here: they are open to the world.
 *
 * The host check keeps out pages that made their own name point at this machine (DNS rebinding), and
 * tunnels: whoever is given the capture URL arrives with the tunnel's host name. The token keeps out
 * other users and programs of this machine.
 */
export class Access {
	readonly #tokenDigest: Buffer;
	readonly #allowedHosts: readonly string[];
	readonly #cookieName: string;

	constructor(options: AccessOptions) {
		this.#allowedHosts = options.allowedHosts.map(asInAddress);
		this.#tokenDigest = digest(options.token);
		// Cookies do not know ports: two inspectors on one machine need two names.
		this.#cookieName = `inspector_${options.port}`;
	}

	/** The answer for a request whose host is not allowed, else null. */
	refuseHost(request: Request): Response | null {
		const host = hostName(request.headers.get('host'));
		if (isLoopback(host) || this.#allowedHosts.includes(host)) return null;
		return failure(
			403,
			'host-not-allowed',
			`The inspector does not answer to the host name ${JSON.stringify(host)}. Open it by its loopback address, or start it with --allow-host.`,
		);
	}

	/** The answer for a request of the API without a valid token, else null. */
	refuseToken(request: Request): Response | null {
		const bearer = /^Bearer +(.+)$/i.exec(request.headers.get('authorization') ?? '')?.[1];
		if (bearer !== undefined && this.#isToken(bearer.trim())) return null;
		const cookie = readCookie(request.headers.get('cookie') ?? '', this.#cookieName);
		if (cookie === null || !this.#isToken(cookie)) {
			return failure(401, 'token-needed', 'Open the inspector by the address that it printed when it started.');
		}
		// SameSite lets other ports of the same host through; the browser says where a request comes from.
		const site = request.headers.get('sec-fetch-site');
		if (site !== null && site !== 'same-origin' && site !== 'none') {
			return failure(403, 'foreign-page', 'Another page may not use the inspector.');
		}
		return null;
	}

	/** Takes the token out of the address: a redirect that sets the cookie, or null when there is none in it. */
	login(url: URL): Response | null {
		const token = url.searchParams.get('token');
		if (url.pathname !== '/' || token === null) return null;
		if (!this.#isToken(token)) {
			return new Response(
				'This token is not valid here. Use the address that the inspector printed when it started.\n',
				{
					status: 401,
					headers: { 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store' },
				},
			);
		}
		url.searchParams.delete('token');
		return new Response(null, {
			status: 303,
			headers: {
				Location: `/${url.search}`,
				'Set-Cookie': `${this.#cookieName}=${encodeURIComponent(token)}; Path=/; HttpOnly; SameSite=Strict; Max-Age=31536000`,
				'Cache-Control': 'no-store',
			},
		});
	}

	#isToken(candidate: string): boolean {
		// Digests have one length, as the comparison demands, whatever was sent.
		return timingSafeEqual(digest(candidate), this.#tokenDigest);
	}
}

/** Whether a host name, without its port, can only be this machine. */
export function isLoopback(host: string): boolean {
	return host === 'localhost' || host === '[::1]' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);
}

function digest(text: string): Buffer {
	return createHash('sha256').update(text).digest();
}

/** As a browser writes it into its `Host`: an IPv6 address short and in brackets, a name in ASCII. */
function asInAddress(name: string): string {
	const host = isIPv6(name) ? `[${name}]` : name;
	const address = `http://${host}`;
	return URL.canParse(address) ? new URL(address).hostname : host;
}

function hostName(host: string | null): string {
	return (host ?? '').replace(/:\d*$/, '').replace(/\.$/, '').toLowerCase();
}

function readCookie(header: string, name: string): string | null {
	for (const part of header.split(';')) {
		const [key, ...value] = part.trim().split('=');
		if (key === name) return decode(value.join('='));
	}
	return null;
}

function decode(text: string): string {
	try {
		return decodeURIComponent(text);
	} catch {
		return text;
	}
}
