import { JsonKind, type JsonDocument } from '../../../json/scan';

/** Up to so many values a body shows two levels at first, more show one. */
const fewNodes = 200;

/**
 * Which values of a document are open, and the rows that follow from it. Rows are nodes in document order, so that a
 * node's row is found by halving. Every change is one pass over the tables: a few milliseconds for a million values.
 */
export class PayloadRows {
	readonly document: JsonDocument;
	/** 1 where a container is open. */
	readonly #isOpen: Uint8Array;
	/** Nodes that are shown; only the first `count` are. */
	readonly #rows: Uint32Array;
	#count = 0;

	constructor(document: JsonDocument) {
		this.document = document;
		this.#isOpen = new Uint8Array(document.nodeCount);
		this.#rows = new Uint32Array(document.nodeCount);
		// Opening the root alone needs no pass over a million values.
		if (document.nodeCount > fewNodes) this.setExpanded(0, true);
		else this.expandToLevel(2);
	}

	/** How many rows are shown. */
	get count(): number {
		return this.#count;
	}

	/** The node that a row shows; -1 outside the rows. */
	nodeAt(row: number): number {
		return row >= 0 && row < this.#count ? this.#rows[row]! : -1;
	}

	/** The row that shows a node; -1 when a closed container hides it, or there is no such node. */
	rowOf(node: number): number {
		let low = 0;
		let high = this.#count - 1;
		while (low <= high) {
			const middle = (low + high) >> 1;
			const found = this.#rows[middle]!;
			if (found === node) return middle;
			if (found < node) low = middle + 1;
			else high = middle - 1;
		}
		return -1;
	}

	/** Whether a node has something to show inside. */
	isExpandable(node: number): boolean {
		return (this.document.childCount[node] ?? 0) > 0;
	}

	isExpanded(node: number): boolean {
		return this.#isOpen[node] === 1;
	}

	/** Opens or closes one container. */
	setExpanded(node: number, isExpanded: boolean): void {
		this.#isOpen[node] = isExpanded ? 1 : 0;
		this.#update();
	}

	/** Opens the outer containers, as many levels of them as said, and closes all others. */
	expandToLevel(levels: number): void {
		const { depth, nodeCount } = this.document;
		for (let node = 0; node < nodeCount; node++) this.#isOpen[node] = depth[node]! < levels ? 1 : 0;
		this.#update();
	}

	/** Opens or closes a container and all that it holds. */
	setAllExpanded(node: number, isExpanded: boolean): void {
		this.#isOpen.fill(isExpanded ? 1 : 0, node, this.document.next[node]);
		this.#update();
	}

	/** Opens whatever hides a node. */
	reveal(node: number): void {
		const { parent } = this.document;
		for (let holder = parent[node] ?? -1; holder !== -1; holder = parent[holder]!) this.#isOpen[holder] = 1;
		this.#update();
	}

	#update(): void {
		const { next, kind, nodeCount } = this.document;
		const isOpen = this.#isOpen;
		const rows = this.#rows;
		let count = 0;
		let node = 0;
		while (node < nodeCount) {
			rows[count++] = node;
			node = kind[node]! > JsonKind.array || isOpen[node] === 1 ? node + 1 : next[node]!;
		}
		this.#count = count;
	}
}
