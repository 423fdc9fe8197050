import type { DeliveryId } from '../deliveries/delivery';

/** What the address holds, so that a reload or a shared link shows the same. */
export interface View {
	panel: Panel;
	/** The delivery whose detail is open. */
	id: DeliveryId | null;
	tab: DetailTab;
	/** What another panel than the deliveries keeps in the address: the text after the question mark, as it stands there. */
	query: string;
}

export const panels = ['deliveries', 'conversations', 'validate', 'compare', 'coverage'] as const;
export type Panel = (typeof panels)[number];

export const panelLabels: Record<Panel, string> = {
	deliveries: 'Deliveries',
	conversations: 'Conversations',
	validate: 'Validate',
	compare: 'Compare',
	coverage: 'Coverage',
};

export const detailTabs = ['overview', 'payload', 'findings', 'changes', 'request'] as const;
export type DetailTab = (typeof detailTabs)[number];

export const firstView: View = { panel: 'deliveries', id: null, tab: 'payload', query: '' };

/**
 * Reads a fragment such as `#/deliveries?id=41&tab=payload` or `#/validate?text=…`; what it does not say or says wrongly
 * is as at first.
 */
export function readAddress(fragment: string): View {
	const [, path, query = ''] = /^#\/([a-z]+)(?:\?(.*))?$/s.exec(fragment) ?? [];
	const panel = panels.find((name) => name === path) ?? firstView.panel;
	if (panel !== 'deliveries') return { ...firstView, panel, query };
	const parameters = new URLSearchParams(path === panel ? query : '');
	const id = parameters.get('id') ?? '';
	const tab = parameters.get('tab');
	return {
		...firstView,
		id: /^[1-9]\d{0,15}$/.test(id) ? Number(id) : null,
		tab: detailTabs.find((name) => name === tab) ?? firstView.tab,
	};
}

/** The fragment of a view. */
export function writeAddress({ panel, id, tab, query }: View): string {
	if (panel !== 'deliveries') return `#/${panel}${query === '' ? '' : `?${query}`}`;
	return id === null ? '#/deliveries' : `#/deliveries?id=${id}&tab=${tab}`;
}
