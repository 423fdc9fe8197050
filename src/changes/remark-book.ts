import type { DeliveryId } from '../deliveries/delivery';
import { sortRemarks, type ChainRemark, type RemarkKind } from './chain-remarks';

const none: readonly ChainRemark[] = [];

/** Remarks by delivery. They come and go: what arrives late can explain what seemed missing. */
export class RemarkBook {
	readonly #byDelivery = new Map<DeliveryId, readonly ChainRemark[]>();
	readonly #gaps = new Set<DeliveryId>();
	#sortedGaps: readonly DeliveryId[] | null = [];
	#version = 0;

	/** Grows with each change. */
	get version(): number {
		return this.#version;
	}

	/** Deliveries before which one is missing, ascending. The same array until there is a change. */
	get gaps(): readonly DeliveryId[] {
		return (this.#sortedGaps ??= [...this.#gaps].sort((left, right) => left - right));
	}

	/** The same array until there is a change. */
	of(id: DeliveryId): readonly ChainRemark[] {
		return this.#byDelivery.get(id) ?? none;
	}

	all(): ChainRemark[] {
		return sortRemarks([...this.#byDelivery.values()].flat());
	}

	put(remark: ChainRemark): void {
		this.#byDelivery.set(remark.at, sortRemarks([...this.of(remark.at), remark]));
		if (remark.kind === 'gap') this.#gapsChanged(() => this.#gaps.add(remark.at));
		this.#version++;
	}

	/** Takes back what was said of a delivery: of this kind, and where one is given of this attribute. */
	take(id: DeliveryId, kind: RemarkKind, attribute?: string): void {
		const before = this.of(id);
		const left = before.filter(
			(remark) => remark.kind !== kind || (attribute !== undefined && !remark.attributes.includes(attribute)),
		);
		if (left.length === before.length) return;
		if (left.length === 0) this.#byDelivery.delete(id);
		else this.#byDelivery.set(id, left);
		if (kind === 'gap') this.#gapsChanged(() => this.#gaps.delete(id));
		this.#version++;
	}

	/** Forgets the deliveries that are not kept. */
	keepOnly(isKept: (id: DeliveryId) => boolean): void {
		const gone = [...this.#byDelivery.keys()].filter((id) => !isKept(id));
		if (gone.length === 0) return;
		for (const id of gone) this.#byDelivery.delete(id);
		this.#gapsChanged(() => gone.forEach((id) => this.#gaps.delete(id)));
		this.#version++;
	}

	#gapsChanged(change: () => void): void {
		change();
		this.#sortedGaps = null;
	}
}
