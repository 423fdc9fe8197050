const directives = [
	"default-src 'none'",
	"script-src 'self'",
	"style-src 'self'",
	"img-src 'self'",
	"connect-src 'self'",
	"worker-src 'self'",
	"base-uri 'none'",
	"form-action 'none'",
];

const policy = directives.join('; ');

/**
 * For the page's `<meta>`, which knows fewer directives than the header. On a static host the page keeps copies of its
 * own workers' scripts, so that they start without a network; behind a receiver the header's policy holds as well.
 */
export const policyForMeta = policy.replace("worker-src 'self'", "worker-src 'self' blob:");

/** What everything that is served carries. */
export const securityHeaders: Readonly<Record<string, string>> = {
	'Content-Security-Policy': `${policy}; frame-ancestors 'none'`,
	'X-Content-Type-Options': 'nosniff',
	'X-Frame-Options': 'DENY',
	'Referrer-Policy': 'no-referrer',
	'Cross-Origin-Opener-Policy': 'same-origin',
	'Cross-Origin-Resource-Policy': 'same-origin',
	'Permissions-Policy': 'camera=(), geolocation=(), microphone=()',
};
