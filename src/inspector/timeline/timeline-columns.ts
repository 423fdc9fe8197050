import type { GridColumn } from '../../ui/grid-columns';

/** Every column of the timeline, in order, with its width in pixels. */
export const timelineColumns: readonly GridColumn[] = [
	{ id: 'id', label: '#', accessibleLabel: 'Number', width: 56, minWidth: 40, align: 'end', resizable: true },
	{ id: 'time', label: 'Time', width: 108, minWidth: 72, resizable: true },
	{ id: 'event', label: 'Event', width: 226, minWidth: 120, resizable: true },
	{ id: 'subject', label: 'Subject', width: 170, minWidth: 80, resizable: true },
	{ id: 'change', label: 'What changed', width: 'rest', minWidth: 120 },
	{ id: 'verdict', label: '', accessibleLabel: 'Verdict', width: 56, minWidth: 48 },
	{ id: 'signature', label: '', accessibleLabel: 'Signature', width: 34, align: 'center' },
	{ id: 'size', label: 'Size', width: 72, minWidth: 56, align: 'end', resizable: true },
	{
		id: 'gap',
		label: 'Δt',
		accessibleLabel: 'Time since the delivery before',
		width: 72,
		minWidth: 56,
		align: 'end',
		resizable: true,
	},
	{ id: 'answer', label: 'Answer', width: 108, minWidth: 80, align: 'end', resizable: true },
];

/** Pixels: of a digit in the widest of the faces that systems have for an interface, and of a cell's paddings. */
const digitWidth = 8;
const paddingWidth = 16;

/** Pixels of what changed among all columns: an attribute, what is left of its previous value, and the current one. */
const leastChange = 200;
/** From so many pixels on there is room for all columns: events that are cut can still be told apart. */
export const roomForAll = 960;

/** What a narrow list keeps, and one beside an open detail. */
const firstColumns = new Set(['id', 'time', 'event', 'subject', 'change', 'verdict', 'signature']);

/**
 * Their widths there, in pixels, so that what changed has the most room: times without their milliseconds, subjects and
 * long events with their ends cut.
 */
const firstWidths: Readonly<Record<string, number>> = { time: 72, event: 182, subject: 112 };

/**
 * The columns to show, as wide as a person has made them. Numbers are never cut by themselves: `digits` is how many the
 * longest has.
 */
export function shownColumns(widths: Readonly<Record<string, number>>, hasRoom: boolean, digits: number): GridColumn[] {
	return timelineColumns
		.filter(({ id }) => hasRoom || firstColumns.has(id))
		.map((column) => (column.id === 'id' ? withRoomFor(column, digits) : column))
		.map((column) => {
			if (column.width === 'rest') return hasRoom ? { ...column, minWidth: leastChange } : column;
			const own = hasRoom ? undefined : firstWidths[column.id];
			return { ...column, width: widths[column.id] ?? own ?? column.width };
		});
}

function withRoomFor(column: GridColumn, digits: number): GridColumn {
	const least = paddingWidth + digits * digitWidth;
	return { ...column, width: Math.max(Number(column.width), least), minWidth: Math.max(column.minWidth ?? 0, least) };
}
