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

/** For the page's `<meta>`, which knows fewer directives than the header. */
export const policyForMeta = directives.join('; ');

/** What everything that is served carries. */
export const securityHeaders: Readonly<Record<string, string>> = {
	'Content-Security-Policy': `${policyForMeta}; frame-ancestors 'none'`,
	'X-Content-Type-Options': 'nosniff',
	'X-Frame-Options': 'DENY',
	'Referrer-Policy': 'no-referrer',
	'Cross-Origin-Opener-Policy': 'same-origin',
	'Cross-Origin-Resource-Policy': 'same-origin',
	'Permissions-Policy': 'camera=(), geolocation=(), microphone=()',
};
