import { keyText } from './document';
import { escapedToken } from './pointer';
import type { JsonDocument } from './scan';

/**
 * JSON Pointers of many nodes of one document: what `pointerOf` says, but the beginning that neighbours share is made
 * once.
 */
export class PointerCache {
	readonly #document: JsonDocument;
	/** Per depth the container that was asked for last, and its pointer. */
	readonly #nodes: number[] = [];
	readonly #pointers: string[] = [];

	constructor(document: JsonDocument) {
		this.#document = document;
	}

	pointerOf(node: number): string {
		const { parent, depth } = this.#document;
		let known = parent[node]!;
		const unknown: number[] = [];
		while (known !== -1 && this.#nodes[depth[known]!] !== known) {
			unknown.push(known);
			known = parent[known]!;
		}
		let pointer = known === -1 ? '' : this.#pointers[depth[known]!]!;
		for (let index = unknown.length - 1; index >= 0; index--) {
			const container = unknown[index]!;
			pointer += this.#step(container);
			this.#nodes[depth[container]!] = container;
			this.#pointers[depth[container]!] = pointer;
		}
		return pointer + this.#step(node);
	}

	/** The last step to a node; nothing for the root. */
	#step(node: number): string {
		const { parent, position } = this.#document;
		if (parent[node] === -1) return '';
		const name = keyText(this.#document, node);
		return name === null ? `/${position[node]!}` : `/${escapedToken(name)}`;
	}
}
