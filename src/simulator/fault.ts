/**
 * What was made wrong on purpose, told on the delivery that shows it. A lost delivery is told on the next one of its
 * conversation whose `previous_value` gives it away: that is where a gap can be seen.
 */
export type PlantedFault =
	/** The same delivery id and body as an earlier request, sent again as Chatwoot's retries are. */
	| { kind: 'duplicate' }
	/** An update of the conversation that stated these attributes never went out. */
	| { kind: 'lost'; conversation: number; attributes: readonly string[] }
	/** An update that should have come before the one just sent. */
	| { kind: 'reordered'; conversation: number }
	/** Signed with another secret. */
	| { kind: 'wrong-signature' }
	/** The body ends early; `Content-Length` and signature are of the whole one. */
	| { kind: 'truncated'; missingBytes: number }
	/** An event that no release sends, though forks do. */
	| { kind: 'unknown-event'; event: string }
	/** Members, headers and library of a release before signatures. */
	| { kind: 'older-release'; release: string }
	/** A value that no release sends there. */
	| { kind: 'malformed'; pointer: string };
