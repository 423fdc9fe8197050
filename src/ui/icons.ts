/** One drawing on a 16 × 16 grid: lines are stroked, the dot (the record button's only) is filled. */
export interface IconShape {
	lines: string;
	dot?: string;
}

const circle = 'M2 8a6 6 0 1 0 12 0a6 6 0 1 0-12 0';

/** Every icon there is. Lines are 1.5 wide with round ends, so coordinates keep one unit from the edge. */
export const icons = {
	record: { lines: circle, dot: 'M4.75 8a3.25 3.25 0 1 0 6.5 0a3.25 3.25 0 1 0-6.5 0' },
	stop: { lines: 'M5 4h6a1 1 0 0 1 1 1v6a1 1 0 0 1-1 1H5a1 1 0 0 1-1-1V5a1 1 0 0 1 1-1z' },
	pause: { lines: 'M5.5 3.5v9M10.5 3.5v9' },
	play: { lines: 'M5 3.2v9.6L12.6 8z' },
	step: { lines: 'M3.5 3.5v9L10 8zM12.5 3.5v9' },
	restart: { lines: 'M12.5 3.5v9L6 8zM3.5 3.5v9' },
	clear: { lines: 'M2.5 8a5.5 5.5 0 1 0 11 0a5.5 5.5 0 1 0-11 0M4.2 4.2l7.6 7.6' },
	filter: { lines: 'M2.3 3h11.4L9.4 8.2v4.1l-2.8 1.4V8.2z' },
	search: { lines: 'M2.5 7a4.5 4.5 0 1 0 9 0a4.5 4.5 0 1 0-9 0M10.3 10.3L14 14' },
	follow: { lines: 'M8 2v8M4.5 6.7L8 10.2l3.5-3.5M3 13.5h10' },
	import: { lines: 'M8 2v7.6M5 6.8l3 3 3-3M2.5 10.5v2a1 1 0 0 0 1 1h9a1 1 0 0 0 1-1v-2' },
	export: { lines: 'M8 9.8V2.2M5 5l3-3 3 3M2.5 10.5v2a1 1 0 0 0 1 1h9a1 1 0 0 0 1-1v-2' },
	close: { lines: 'M4 4l8 8M12 4l-8 8' },
	copy: {
		lines:
			'M6.5 5.5h6a1 1 0 0 1 1 1v6a1 1 0 0 1-1 1h-6a1 1 0 0 1-1-1v-6a1 1 0 0 1 1-1z' +
			'M10.5 3.5a1 1 0 0 0-1-1h-6a1 1 0 0 0-1 1v6a1 1 0 0 0 1 1',
	},
	check: { lines: 'M3 8.4l3.3 3.3L13 4.6' },
	tick: { lines: 'M3.5 8.4l3 3L12.5 5' },
	'chevron-right': { lines: 'M6 4l4 4-4 4' },
	'chevron-left': { lines: 'M10 4L6 8l4 4' },
	'chevron-down': { lines: 'M4 6l4 4 4-4' },
	'chevron-up': { lines: 'M4 10l4-4 4 4' },
	chevrons: { lines: 'M5 6l3-3 3 3M5 10l3 3 3-3' },
	'arrow-up': { lines: 'M8 13V3.5M4.5 7L8 3.5 11.5 7' },
	'arrow-down': { lines: 'M8 3v9.5M4.5 9L8 12.5 11.5 9' },
	'arrow-right': { lines: 'M3 8h9.5M9 4.5L12.5 8 9 11.5' },
	swap: { lines: 'M3 5.5h10M10.5 3L13 5.5 10.5 8M13 10.5H3M5.5 8L3 10.5 5.5 13' },
	sun: {
		lines:
			'M5.3 8a2.7 2.7 0 1 0 5.4 0a2.7 2.7 0 1 0-5.4 0M8 1.5v1M8 13.5v1M1.5 8h1M13.5 8h1' +
			'M3.4 3.4l.7.7M11.9 11.9l.7.7M3.4 12.6l.7-.7M11.9 4.1l.7-.7',
	},
	moon: { lines: 'M13.3 9.7A5.7 5.7 0 1 1 6.3 2.7a4.6 4.6 0 0 0 7 7z' },
	system: { lines: 'M2.5 8a5.5 5.5 0 1 0 11 0a5.5 5.5 0 1 0-11 0M8 2.5v11M8 5.3h4.8M8 8h5.5M8 10.7h4.8' },
	help: { lines: `${circle}M6.3 6.5a1.7 1.7 0 1 1 2.6 1.5c-.6.35-.9.7-.9 1.3M8 11.3v.01` },
	info: { lines: `${circle}M8 7.5v3.7M8 4.9v.01` },
	settings: {
		lines:
			'M2 5h6.3M12.3 5H14M8.3 5a2 2 0 1 0 4 0a2 2 0 1 0-4 0' + 'M2 11h1.7M7.7 11H14M3.7 11a2 2 0 1 0 4 0a2 2 0 1 0-4 0',
	},
	pin: { lines: 'M5 2.5h6M6.2 2.5v4L4.3 9v.7h7.4V9L9.8 6.5v-4M8 9.7v4' },
	more: {
		lines:
			'M2.6 8a.4.4 0 1 0 .8 0a.4.4 0 1 0-.8 0M7.6 8a.4.4 0 1 0 .8 0a.4.4 0 1 0-.8 0M12.6 8a.4.4 0 1 0 .8 0a.4.4 0 1 0-.8 0',
	},
	menu: { lines: 'M2.5 4.5h11M2.5 8h11M2.5 11.5h11' },
	plus: { lines: 'M8 3v10M3 8h10' },
	/** From end to end. */
	fit: { lines: 'M2 3.5v9M14 3.5v9M4.5 8h7M6.5 6l-2 2 2 2M9.5 6l2 2-2 2' },
	minus: { lines: 'M3 8h10' },
	trash: { lines: 'M2.5 4.5h11M6 4.5V2.8h4v1.7M4 4.5l.6 8.2a1 1 0 0 0 1 .8h4.8a1 1 0 0 0 1-.8l.6-8.2' },
	eye: {
		lines:
			'M1.5 8C3 5.2 5.3 3.8 8 3.8S13 5.2 14.5 8C13 10.8 10.7 12.2 8 12.2S3 10.8 1.5 8zM6.2 8a1.8 1.8 0 1 0 3.6 0a1.8 1.8 0 1 0-3.6 0',
	},
	'eye-off': {
		lines:
			'M3.7 5.2C2.8 5.9 2.1 6.9 1.5 8c1.5 2.8 3.8 4.2 6.5 4.2 1 0 1.9-.2 2.8-.6M6 4.1A7 7 0 0 1 8 3.8c2.7 0 5 1.4 6.5 4.2-.5.9-1.1 1.7-1.8 2.4M2.5 2.5l11 11',
	},
	columns: {
		lines: 'M3.5 3h9a1 1 0 0 1 1 1v8a1 1 0 0 1-1 1h-9a1 1 0 0 1-1-1V4a1 1 0 0 1 1-1zM6.2 3v10M9.8 3v10',
	},
	compare: { lines: 'M2.5 3.5h3.8v9H2.5zM9.7 3.5h3.8v9H9.7zM8 2v12' },
	note: { lines: 'M3 2.5h10v7.3l-3.7 3.7H3zM13 9.8H9.3v3.7M5.5 5.5h5M5.5 8h3' },
	replay: { lines: 'M13 3.2v3.6H9.4M12.6 6.6A5.3 5.3 0 1 0 13.1 9.6' },
	undo: { lines: 'M3 3.2v3.6h3.6M3.4 6.6A5.3 5.3 0 1 1 2.9 9.6' },
	error: { lines: `${circle}M5.9 5.9l4.2 4.2M10.1 5.9l-4.2 4.2` },
	warning: { lines: 'M8 2.2l6.2 11.1H1.8zM8 6.5v3.2M8 11.4v.01' },
	drift: { lines: 'M3 6h10M3 10h10M10.4 3L5.6 13' },
	key: { lines: 'M1.8 8a2.4 2.4 0 1 0 4.8 0a2.4 2.4 0 1 0-4.8 0M6.6 8h7.2v2.4M10.8 8v1.9' },
	/** Broken in the middle: there, and nobody knows whether it fits. */
	'key-unchecked': {
		lines: 'M1.8 8a2.4 2.4 0 1 0 4.8 0a2.4 2.4 0 1 0-4.8 0M6.6 8h1.4M10.4 8h3.4v2.4',
	},
	'key-bad': { lines: 'M1.5 8a2.2 2.2 0 1 0 4.4 0a2.2 2.2 0 1 0-4.4 0M5.9 8h2.4M10 5.9l4.2 4.2M14.2 5.9L10 10.1' },
	gap: { lines: 'M1.5 8h3.3M11.2 8h3.3M7 4.5L5.2 11.5M10.8 4.5L9 11.5' },
	reordered: { lines: 'M5 13V3.5M2.3 6.2L5 3.5l2.7 2.7M11 3v9.5M8.3 9.8l2.7 2.7 2.7-2.7' },
	scissors: {
		lines:
			'M2 4.2a1.9 1.9 0 1 0 3.8 0a1.9 1.9 0 1 0-3.8 0M2 11.8a1.9 1.9 0 1 0 3.8 0a1.9 1.9 0 1 0-3.8 0' +
			'M5.5 5.4L13.5 12M5.5 10.6L13.5 4',
	},
	incoming: { lines: 'M11.7 4.3L4.5 11.5M4.5 5.7v5.8h5.8' },
	outgoing: { lines: 'M4.3 11.7l7.2-7.2M5.7 4.5h5.8v5.8' },
	lock: {
		lines:
			'M4.3 7.3h7.4a.8.8 0 0 1 .8.8v4.6a.8.8 0 0 1-.8.8H4.3a.8.8 0 0 1-.8-.8V8.1a.8.8 0 0 1 .8-.8zM5.5 7.3V5a2.5 2.5 0 0 1 5 0v2.3',
	},
	'link-down': {
		lines:
			'M9.1 4.7l1.3-1.3a2.3 2.3 0 0 1 3.2 3.2l-1.3 1.3M6.9 11.3l-1.3 1.3a2.3 2.3 0 0 1-3.2-3.2l1.3-1.3' +
			'M5.2 2v1.7M2 5.2h1.7M10.8 14v-1.7M14 10.8h-1.7',
	},
	message: {
		lines: 'M3.5 3h9a1 1 0 0 1 1 1v5.8a1 1 0 0 1-1 1H7L4.2 13.4v-2.6h-.7a1 1 0 0 1-1-1V4a1 1 0 0 1 1-1z',
	},
	conversation: {
		lines:
			'M2.5 2.5h6.7a1 1 0 0 1 1 1v3.3a1 1 0 0 1-1 1H5.7L3.7 9.6V7.8H2.5a1 1 0 0 1-1-1V3.5a1 1 0 0 1 1-1z' +
			'M12.6 5.8h.9a1 1 0 0 1 1 1v3.4a1 1 0 0 1-1 1h-.9v2l-2.3-2H7.6a1 1 0 0 1-1-1',
	},
	typing: { lines: 'M5 4.5h6a3.5 3.5 0 0 1 0 7H5a3.5 3.5 0 0 1 0-7zM5.4 8h.01M8 8h.01M10.6 8h.01' },
	contact: { lines: 'M5.3 5.2a2.7 2.7 0 1 0 5.4 0a2.7 2.7 0 1 0-5.4 0M2.8 13.5a5.2 4 0 0 1 10.4 0' },
	widget: {
		lines: 'M3.5 2.8h9a1 1 0 0 1 1 1v8.4a1 1 0 0 1-1 1h-9a1 1 0 0 1-1-1V3.8a1 1 0 0 1 1-1zM2.5 6h11M9 10h2',
	},
	inbox: {
		lines:
			'M2.5 9l1.6-5.3a.7.7 0 0 1 .7-.5h6.4a.7.7 0 0 1 .7.5L13.5 9v3.3a1 1 0 0 1-1 1h-9a1 1 0 0 1-1-1zM2.5 9H6a2 2 0 0 0 4 0h3.5',
	},
	bolt: { lines: 'M9 1.8L3.5 9H8l-1 5.2L12.5 7H8z' },
	unknown: {
		lines: 'M3.5 4.7V2.5h2.2M8 2.5h1.5l3 3v1.7M12.5 9.6v1.6M12.5 13.5h-2.2M8 13.5H6.2M3.5 11.6v1.9h.6M3.5 7.2v2',
	},
} as const satisfies Record<string, IconShape>;

/** The name of an icon in the table. */
export type IconName = keyof typeof icons;
