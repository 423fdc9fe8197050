import { SvelteSet } from 'svelte/reactivity';
import type { JsonDocument } from '../../../json/scan';
import type { TreeSource } from '../../../ui/tree-source';
import { PayloadRows } from './payload-rows';
import type { PayloadView } from './payload-view.svelte';
import { rowName, timeOf } from './row-text';
import { isSecret } from './secrets';

/** A document as a tree: which values are open, which one the keyboard is on, which masked ones are shown. */
export class PayloadTree implements TreeSource {
	readonly document: JsonDocument;
	readonly #rows: PayloadRows;
	/** Grows whenever rows come or go; everything that reads rows reads it. */
	#version = $state(0);
	/** -1 before a row was chosen. */
	activeNode = $state(-1);
	/** Masked nodes that a person asked for. */
	readonly unmasked = new SvelteSet<number>();
	readonly #view: PayloadView;
	readonly #wordsOf: (node: number, isExpanded: boolean) => string;

	/** @param wordsOf what a row's name says besides its value; empty for nothing */
	constructor(
		document: JsonDocument,
		view: PayloadView,
		wordsOf: (node: number, isExpanded: boolean) => string = () => '',
	) {
		this.document = document;
		this.#rows = new PayloadRows(document);
		this.#view = view;
		this.#wordsOf = wordsOf;
	}

	get count(): number {
		void this.#version;
		return this.#rows.count;
	}

	get activeIndex(): number | null {
		const index = this.indexOfKey(this.activeNode);
		return index === -1 ? null : index;
	}

	/** A row's key is its node. */
	keyAt(index: number): number {
		void this.#version;
		return this.#rows.nodeAt(index);
	}

	indexOfKey(node: number): number {
		void this.#version;
		return this.#rows.rowOf(node);
	}

	level(index: number): number {
		return (this.document.depth[this.keyAt(index)] ?? 0) + 1;
	}

	isExpandable(index: number): boolean {
		return this.#rows.isExpandable(this.keyAt(index));
	}

	isExpanded(index: number): boolean {
		return this.isNodeExpanded(this.keyAt(index));
	}

	/** Whether a container is open, shown or not. */
	isNodeExpanded(node: number): boolean {
		void this.#version;
		return this.#rows.isExpanded(node);
	}

	setSize(index: number): number {
		const parent = this.document.parent[this.keyAt(index)] ?? -1;
		return parent === -1 ? 1 : this.document.childCount[parent]!;
	}

	positionInSet(index: number): number {
		return (this.document.position[this.keyAt(index)] ?? 0) + 1;
	}

	toggle(index: number, expanded: boolean): void {
		this.#rows.setExpanded(this.keyAt(index), expanded);
		this.#changed();
	}

	parentIndex(index: number): number {
		return this.indexOfKey(this.document.parent[this.keyAt(index)] ?? -1);
	}

	name(index: number): string {
		const node = this.keyAt(index);
		// Where something is written beside the value, the row's own text says more than the value alone.
		if (node === -1 || timeOf(this.document, node) !== null || this.isDuplicate(node)) return '';
		const isExpanded = this.isNodeExpanded(node);
		const words = this.#wordsOf(node, isExpanded);
		const name = rowName(this.document, node, isExpanded, this.isMasked(node));
		return words === '' ? name : `${name} ${words}`;
	}

	/** Opens so many levels from the root, and closes the rest. */
	expandToLevel(levels: number): void {
		this.#rows.expandToLevel(levels);
		this.#changed();
	}

	/** Opens or closes a container and everything in it. */
	setAllExpanded(node: number, expanded: boolean): void {
		this.#rows.setAllExpanded(node, expanded);
		this.#changed();
	}

	/** Opens what hides a node and puts the keyboard on it. */
	reveal(node: number): void {
		if (this.#rows.rowOf(node) === -1) this.#rows.reveal(node);
		this.#changed();
		this.activeNode = node;
	}

	/** Whether a member's name already stood in the same object. */
	isDuplicate(node: number): boolean {
		const { duplicates } = this.document;
		let low = 0;
		let high = duplicates.length - 1;
		while (low <= high) {
			const middle = (low + high) >> 1;
			if (duplicates[middle] === node) return true;
			if (duplicates[middle]! < node) low = middle + 1;
			else high = middle - 1;
		}
		return false;
	}

	/** Whether a value is hidden behind dots now. */
	isMasked(node: number): boolean {
		return !this.#view.showsSecrets && !this.unmasked.has(node) && isSecret(this.document, node);
	}

	/** Shows one masked value. */
	unmask(node: number): void {
		this.unmasked.add(node);
	}

	/** A row that was closed over the active one takes its place. */
	#changed(): void {
		let node = this.activeNode;
		while (node !== -1 && this.#rows.rowOf(node) === -1) node = this.document.parent[node]!;
		this.activeNode = node;
		this.#version++;
	}
}
