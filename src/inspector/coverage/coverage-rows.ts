import type { Matrix, MatrixGroup, MemberLine } from './coverage-matrix';

/** One row of the grid. */
export type CoverageRow =
	| { kind: 'group'; key: string; group: MatrixGroup; isOpen: boolean }
	/** Members that are equal in every event, folded into one row; its cells are those of the first. */
	| { kind: 'bundle'; key: string; lines: MemberLine[]; isOpen: boolean }
	| { kind: 'member'; key: string; line: MemberLine; isBundled: boolean };

/** What a person has opened and closed. */
export interface Folding {
	/** Whether equal members are folded at all. */
	foldsEqual: boolean;
	/** Keys of groups. */
	closedGroups: ReadonlySet<string>;
	/** Keys of bundles. */
	openBundles: ReadonlySet<string>;
}

/** Fewer are shown one by one: a row that says "2 members" saves next to nothing. */
const fewestFolded = 3;

/** The rows that are shown, from the top. */
export function coverageRows(matrix: Matrix, folding: Folding): CoverageRow[] {
	const rows: CoverageRow[] = [];
	for (const group of matrix.groups) {
		const key = `group ${group.name}`;
		const isOpen = !folding.closedGroups.has(key);
		rows.push({ kind: 'group', key, group, isOpen });
		if (isOpen) rows.push(...linesOf(group, folding));
	}
	return rows;
}

function linesOf({ lines }: MatrixGroup, { foldsEqual, openBundles }: Folding): CoverageRow[] {
	const equals = new Map<string, MemberLine[]>();
	for (const line of lines) {
		const sign = signOf(line);
		const others = equals.get(sign);
		if (others) others.push(line);
		else equals.set(sign, [line]);
	}
	return lines.flatMap((line): CoverageRow[] => {
		const same = equals.get(signOf(line))!;
		if (!foldsEqual || same.length < fewestFolded || isUnknown(line)) {
			return [{ kind: 'member', key: line.key, line, isBundled: false }];
		}
		if (same[0] !== line) return [];
		const key = `bundle ${line.key}`;
		const isOpen = openBundles.has(key);
		const members = same.map((one): CoverageRow => ({ kind: 'member', key: one.key, line: one, isBundled: true }));
		return [{ kind: 'bundle', key, lines: same, isOpen }, ...(isOpen ? members : [])];
	});
}

/** What needs attention is never folded away. */
function isUnknown({ cells }: MemberLine): boolean {
	return cells.some((cell) => cell?.state === 'unknown');
}

/** Equal for lines that show the same in every column. */
function signOf({ cells }: MemberLine): string {
	return cells.map((cell) => (cell === null ? '-' : `${cell.state} ${cell.member.count}`)).join(',');
}
