import type { Finding, Severity } from '../../../chatwoot/check/report';
import { placesOf } from '../../findings/finding-groups';
import { item, keyText, member } from '../../../json/document';
import { JsonKind, type JsonDocument } from '../../../json/scan';

/** How many findings that need attention are inside a container. */
export interface InsideCounts {
	error: number;
	warning: number;
}

const order: Record<Severity, number> = { error: 0, warning: 1, info: 2 };
const nothing: readonly Finding[] = [];

/** Two numbers for each place, in the order of the findings: the index of a finding, and the node that it belongs to. */
export type FindingPlaces = Uint32Array<ArrayBuffer>;

/** Some of a report's findings, in their order, with their places. */
export interface FindingPiece {
	findings: Finding[];
	places: FindingPlaces;
}

/** Which row of a payload's tree each finding belongs to. */
export class FindingMarks {
	readonly #document: JsonDocument;
	/** As they came. */
	readonly #own = new Map<number, Finding[]>();
	readonly #inside = new Map<number, InsideCounts>();

	constructor(document: JsonDocument) {
		this.#document = document;
	}

	/** @param places of these findings, as `placesIn` gives them */
	add(findings: readonly Finding[], places: FindingPlaces): void {
		let counted: Finding | null = null;
		for (let at = 0; at < places.length; at += 2) {
			const finding = findings[places[at]!]!;
			const node = places[at + 1]!;
			const own = this.#own.get(node);
			if (!own) this.#own.set(node, [finding]);
			else if (own.at(-1) !== finding) own.push(finding);
			if (finding !== counted && finding.severity !== 'info') this.#countInside(node, finding.severity);
			counted = finding;
		}
	}

	/** The findings of a node, the worst first. A missing member's belong to the object that lacks it. */
	at(node: number): readonly Finding[] {
		const own = this.#own.get(node) ?? nothing;
		return own.length < 2 ? own : own.toSorted((left, right) => order[left.severity] - order[right.severity]);
	}

	/** What is inside a node, its own findings not counted; undefined when that is nothing. */
	inside(node: number): InsideCounts | undefined {
		return this.#inside.get(node);
	}

	#countInside(node: number, severity: 'error' | 'warning'): void {
		const { parent } = this.#document;
		for (let holder = parent[node]!; holder !== -1; holder = parent[holder]!) {
			const counts = this.#inside.get(holder) ?? { error: 0, warning: 0 };
			counts[severity]++;
			this.#inside.set(holder, counts);
		}
	}
}

/** The nodes that findings belong to. A missing member's is the object that lacks it. */
export function placesIn(document: JsonDocument, findings: readonly Finding[]): FindingPlaces {
	const indexes: number[] = [];
	const pointers: string[] = [];
	for (const [index, finding] of findings.entries()) {
		for (const pointer of placesOf(finding)) {
			indexes.push(index);
			pointers.push(pointer);
		}
	}
	const places = new Uint32Array(indexes.length * 2);
	for (const [at, node] of nodesOfPointers(document, pointers).entries()) {
		places[at * 2] = indexes[at]!;
		places[at * 2 + 1] = node;
	}
	return places;
}

interface Step {
	children: Map<string, Step>;
	/** Which of the pointers end here. */
	ends: number[];
}

/** So few names or indexes are looked up one by one. */
const fewNames = 4;

/**
 * The node that each JSON pointer names; where there is none, the innermost one around it that is there. All at once,
 * because ten thousand look-ups in an object of ten thousand members would each walk over half of them.
 */
export function nodesOfPointers(document: JsonDocument, pointers: readonly string[]): Int32Array {
	const nodes = new Int32Array(pointers.length);
	const pending: { step: Step; node: number; isThere: boolean }[] = [
		{ step: stepsOf(pointers), node: 0, isThere: true },
	];
	for (let entry = pending.pop(); entry; entry = pending.pop()) {
		const { step, node, isThere } = entry;
		for (const index of step.ends) nodes[index] = node;
		const found = isThere ? lookUp(document, node, step.children) : null;
		for (const [name, child] of step.children) {
			const inside = found?.get(name) ?? -1;
			pending.push({ step: child, node: inside === -1 ? node : inside, isThere: inside !== -1 });
		}
	}
	return nodes;
}

function stepsOf(pointers: readonly string[]): Step {
	const root: Step = { children: new Map(), ends: [] };
	pointers.forEach((pointer, index) => {
		let step = root;
		for (const token of pointer.split('/').slice(1)) {
			const name = token.replaceAll('~1', '/').replaceAll('~0', '~');
			let child = step.children.get(name);
			if (!child) step.children.set(name, (child = { children: new Map(), ends: [] }));
			step = child;
		}
		step.ends.push(index);
	});
	return root;
}

function lookUp(document: JsonDocument, node: number, wanted: ReadonlyMap<string, Step>): Map<string, number> {
	const found = new Map<string, number>();
	const { kind, next } = document;
	const isArray = kind[node] === JsonKind.array;
	if (wanted.size <= fewNames) {
		for (const name of wanted.keys()) {
			found.set(name, isArray ? item(document, node, indexNamed(name)) : member(document, node, name));
		}
		return found;
	}
	if (kind[node]! > JsonKind.array) return found;
	const names = new Map(isArray ? Array.from(wanted.keys(), (name) => [indexNamed(name), name] as const) : []);
	const last = Math.max(...names.keys());
	const end = next[node]!;
	for (let child = node + 1, index = 0; child < end; child = next[child]!, index++) {
		if (isArray && index > last) break;
		const name = isArray ? names.get(index) : keyText(document, child)!;
		if (name !== undefined && wanted.has(name)) found.set(name, child);
	}
	return found;
}

/** The index that a step of a pointer names; -1 when it names none. */
function indexNamed(name: string): number {
	return /^\d+$/.test(name) ? Number(name) : -1;
}
