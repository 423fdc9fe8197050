import type { CheckOptions } from '../../chatwoot/check/check';
import type { MemberNote } from '../../chatwoot/check/explain';
import type { Report } from '../../chatwoot/check/report';
import type { JsonDocument } from '../../json/scan';
import { loadCheck, type CheckModule } from './payload/check-module';
import { FindingMarks } from './payload/finding-marks';
import type { PayloadReader } from './payload/payload-reader';

/** What the contracts say of the delivery whose detail is open. */
export class DeliveryFindings {
	readonly #reader: PayloadReader;
	#report = $state.raw<Report | null>(null);
	/** Null also when the body is no JSON. */
	#document = $state.raw<JsonDocument | null>(null);
	#explain = $state.raw<CheckModule['explain'] | null>(null);
	#marks = $state.raw<FindingMarks | null>(null);
	#failure = $state<string | null>(null);
	#asked = 0;

	constructor(reader: PayloadReader) {
		this.#reader = reader;
	}

	/** Null until the body was checked. While another contract is asked the report before stays. */
	get report(): Report | null {
		return this.#report;
	}

	get document(): JsonDocument | null {
		return this.#document;
	}

	/** Which row of the payload's tree each finding belongs to; null without a tree. */
	get marks(): FindingMarks | null {
		return this.#marks;
	}

	/** Why the body could not be checked. */
	get failure(): string | null {
		return this.#failure;
	}

	/** What guide and wire say of the member at a node; null when neither knows it, or before the contracts are loaded. */
	explain(node: number): MemberNote | null {
		return this.#document && this.#explain ? this.#explain(this.#document, node) : null;
	}

	/** Checks the body, after it has been read for the tree. The newest question wins. */
	async judge(options: CheckOptions): Promise<void> {
		const asked = ++this.#asked;
		try {
			const reading = await this.#reader.read();
			if (!reading || asked !== this.#asked) return;
			const document = reading.isTooDeep ? null : reading.document;
			const marks = document && new FindingMarks(document);
			const [report, { explain }] = await Promise.all([
				this.#reader.report(options, ({ findings, places }) => marks?.add(findings, places)),
				loadCheck(),
			]);
			if (!report || asked !== this.#asked) return;
			this.#document = document;
			this.#marks = marks;
			this.#explain = explain;
			this.#report = report;
			this.#failure = null;
		} catch (error) {
			if (asked === this.#asked) this.#failure = error instanceof Error ? error.message : String(error);
		}
	}
}
