import type { DeliveryId } from '../deliveries/delivery';

/** What the address holds, so that a reload or a shared link shows the same. */
export interface View {
	/** The delivery whose detail is open. */
	id: DeliveryId | null;
	tab: DetailTab;
}

export const detailTabs = ['overview', 'payload', 'request'] as const;
export type DetailTab = (typeof detailTabs)[number];

export const firstView: View = { id: null, tab: 'payload' };

/** Reads a fragment such as `#/deliveries?id=41&tab=payload`; what it does not say or says wrongly is as at first. */
export function readAddress(fragment: string): View {
	const query = new URLSearchParams(/^#\/deliveries\?(.*)$/.exec(fragment)?.[1] ?? '');
	const id = query.get('id') ?? '';
	const tab = query.get('tab');
	return {
		id: /^[1-9]\d{0,15}$/.test(id) ? Number(id) : null,
		tab: detailTabs.find((name) => name === tab) ?? firstView.tab,
	};
}

/** The fragment of a view. */
export function writeAddress({ id, tab }: View): string {
	return id === null ? '#/deliveries' : `#/deliveries?id=${id}&tab=${tab}`;
}
