import type { CheckOptions } from '../../../chatwoot/check/check';
import type { Report } from '../../../chatwoot/check/report';
import type { FindingPiece } from './finding-marks';
import type { PayloadReading } from './payload-reading';
import type { SearchPlace } from './payload-work';
import type { TextLines } from './text-lines';

/** A piece of the body on its way to the worker: all of it in one go would hold the page up. */
export interface PayloadPiece {
	task: 'piece';
	/** Of the whole body, in bytes. */
	bodySize: number;
	offset: number;
	bytes: Uint8Array<ArrayBuffer>;
}

/** The body is not needed any more: another one may follow, or none for a long time. */
export interface PayloadEnd {
	task: 'forget';
}

/** What the page asks the worker after it has sent the body. Of each task the newest request counts. */
export type PayloadRequest =
	| { id: number; task: 'read' }
	| { id: number; task: 'string'; start: number; end: number }
	| { id: number; task: 'search'; place: SearchPlace; query: string }
	| { id: number; task: 'lines'; columns: number }
	| { id: number; task: 'report'; options: CheckOptions };

/** Some of a report's findings, on their way to the page before the report itself. */
export interface PayloadFindings extends FindingPiece {
	id: number;
	task: 'findings';
}

/**
 * What the worker answers. A reading's document comes without its bytes, which the page still has; a report's findings
 * have come before it. `failure` is a sentence.
 */
export type PayloadAnswer =
	| { id: number; task: 'read'; reading: PayloadReading }
	| { id: number; task: 'string'; bytes: Uint8Array<ArrayBuffer> }
	| { id: number; task: 'search'; found: Uint32Array<ArrayBuffer> }
	| { id: number; task: 'lines'; lines: TextLines }
	| { id: number; task: 'report'; report: Omit<Report, 'findings'> }
	| { id: number; task: 'failure'; failure: string };
