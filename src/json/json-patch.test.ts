import fc from 'fast-check';
import { expect, test } from 'vitest';
import { jsonPair, scanText } from '../../test/json-texts';
import { samples } from '../../test/deliveries';
import { alignDocuments, PairKind } from './alignment';
import { canonicalText, children, keyText, valueText } from './document';
import { patchOperations, patchText, type PatchOperation } from './json-patch';
import { JsonKind, type JsonDocument } from './scan';

/** A value that a patch can be applied to: scalars as canonical text, so that numbers stay exact. */
type Tree = string | Tree[] | Map<string, Tree>;

function treeOf(document: JsonDocument, node: number): Tree {
	if (document.kind[node] === JsonKind.array)
		return [...children(document, node)].map((item) => treeOf(document, item));
	if (document.kind[node] !== JsonKind.object) return canonicalText(document, node);
	return new Map([...children(document, node)].map((item) => [keyText(document, item)!, treeOf(document, item)]));
}

function treeText(tree: Tree): string {
	if (typeof tree === 'string') return tree;
	if (Array.isArray(tree)) return `[${tree.map(treeText).join(',')}]`;
	const names = [...tree.keys()].sort();
	return `{${names.map((name) => `${JSON.stringify(name)}:${treeText(tree.get(name)!)}`).join(',')}}`;
}

/** RFC 6902, strictly: what is not there throws. */
function applyPatch(root: Tree, operations: readonly PatchOperation[]): Tree {
	const holder: Tree[] = [root];
	const place = (pointer: string): { container: Tree; token: string } => {
		let container: Tree = holder;
		let token = '0';
		for (const escaped of pointer.split('/').slice(1)) {
			container = read(container, token);
			token = escaped.replaceAll('~1', '/').replaceAll('~0', '~');
		}
		return { container, token };
	};
	const read = (container: Tree, token: string): Tree => {
		const found = Array.isArray(container)
			? container[Number(token)]
			: container instanceof Map && container.get(token);
		if (found === undefined || found === false) throw new Error(`There is no ${token}`);
		return found;
	};
	const remove = (pointer: string): Tree => {
		const { container, token } = place(pointer);
		const found = read(container, token);
		if (Array.isArray(container)) container.splice(Number(token), 1);
		else if (container instanceof Map) container.delete(token);
		return found;
	};
	const add = (pointer: string, value: Tree) => {
		const { container, token } = place(pointer);
		if (container instanceof Map) container.set(token, value);
		else if (Array.isArray(container) && Number(token) <= container.length) container.splice(Number(token), 0, value);
		else throw new Error(`Nothing can be added at ${pointer}`);
	};
	for (const operation of operations) {
		if (operation.op === 'move') add(operation.path, remove(operation.from));
		else if (operation.op === 'remove') remove(operation.path);
		else {
			const document = scanText(operation.value);
			if (operation.op === 'replace') {
				const { container, token } = place(operation.path);
				read(container, token);
				if (Array.isArray(container)) container[Number(token)] = treeOf(document, 0);
				else if (container instanceof Map) container.set(token, treeOf(document, 0));
			} else add(operation.path, treeOf(document, 0));
		}
	}
	return holder[0]!;
}

function patched(left: string, right: string): string {
	const document = scanText(left);
	const operations = patchOperations(alignDocuments(document, scanText(right)));
	return treeText(applyPatch(treeOf(document, 0), operations));
}

function operationsOf(left: string, right: string): PatchOperation[] {
	return patchOperations(alignDocuments(scanText(left), scanText(right)));
}

test('a patch applied to the left document gives the right one, to the digit', () => {
	fc.assert(
		fc.property(jsonPair, ([left, right]) => {
			expect(patched(left, right)).toBe(canonicalText(scanText(right), 0));
		}),
		{ numRuns: 3000 },
	);
});

test('a patch leads from every sample to the next one', () => {
	const texts = samples().map(({ body }) => new TextDecoder().decode(body));
	for (const [index, text] of texts.entries()) {
		const next = texts[(index + 1) % texts.length]!;
		expect(patched(text, next)).toBe(canonicalText(scanText(next), 0));
	}
});

test('what is left out of a patch stays as the left document has it', () => {
	fc.assert(
		fc.property(jsonPair, fc.integer({ min: 1, max: 5 }), ([left, right], every) => {
			const document = scanText(left);
			const alignment = alignDocuments(document, scanText(right));
			// It has to fit whatever is left out; with nothing left out it is the right document.
			const operations = patchOperations(alignment, (pair) => pair % every === 0);
			expect(() => applyPatch(treeOf(document, 0), operations)).not.toThrow();
			expect(patchOperations(alignment, () => true)).toEqual([]);
		}),
	);
});

test('an item that stays out of a patch keeps its neighbours right', () => {
	const document = scanText('[{"keep":1},1,2,3]');
	const alignment = alignDocuments(document, scanText('[3,"new",1,2]'));
	const isKept = (pair: number) =>
		alignment.kind[pair] === PairKind.removed && valueText(document, alignment.leftNode[pair]!) === '{"keep":1}';
	const operations = patchOperations(alignment, isKept);
	expect(treeText(applyPatch(treeOf(document, 0), operations))).toBe('[3,"new",{"keep":1},1,2]');
});

test('one insertion at the front of a thousand items is one operation', () => {
	const items = Array.from({ length: 1000 }, (_, index) => `{"n":${index}}`);
	expect(operationsOf(`[${items.join()}]`, `[{"n":"new"},${items.join()}]`)).toEqual([
		{ op: 'add', path: '/0', value: '{"n":"new"}' },
	]);
	const numbers = Array.from({ length: 1000 }, (_, index) => index);
	expect(operationsOf(JSON.stringify(numbers), JSON.stringify([...numbers.slice(1), 0]))).toEqual([
		{ op: 'move', from: '/0', path: '/999' },
	]);
});

test('a patch is text with exact values', () => {
	const operations = operationsOf('{"id":1,"a/b":[1]}', '{"id":12345678901234567890.0,"a/b":[1,{"x":1}]}');
	expect(patchText(operations)).toBe(`[
  {
    "op": "replace",
    "path": "/id",
    "value": 12345678901234567890.0
  },
  {
    "op": "add",
    "path": "/a~1b/1",
    "value": {
      "x": 1
    }
  }
]`);
	expect(patchText([])).toBe('[]');
	expect(operationsOf('1', '[1]')).toEqual([{ op: 'replace', path: '', value: '[1]' }]);
});

test('two thousand items in another order are moved in a moment', () => {
	const ids = Array.from({ length: 2000 }, (_, index) => (index * 7919) % 2000);
	const text = (order: readonly number[]) => JSON.stringify(order.map((id) => ({ id })));
	const sorted = [...ids].sort((one, two) => one - two);
	expect(patched(text(ids), text(sorted))).toBe(canonicalText(scanText(text(sorted)), 0));
});

test('documents of any depth have a patch', () => {
	const deep = (inner: string) => scanText(`${'{"a":['.repeat(5000)}${inner}${']}'.repeat(5000)}`);
	const [operation] = patchOperations(alignDocuments(deep('1'), deep('2')));
	expect(operation).toEqual({ op: 'replace', path: '/a/0'.repeat(5000), value: '2' });
});
