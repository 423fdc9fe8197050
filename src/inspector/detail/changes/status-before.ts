import type { Summary } from '../../../deliveries/api';
import type { DeliveryLog } from '../../../deliveries/log';
import { findBefore, sameRecord } from '../../previous-delivery';
import type { StatusBefore } from './earlier-words';

/** Since when a delivery's conversation has its status, and what it had before, as far as the log knows. Not reactive. */
export async function statusBefore(log: DeliveryLog, delivery: Summary, signal: AbortSignal): Promise<StatusBefore> {
	const isSame = sameRecord(log, delivery, 'conversation');
	if (!isSame || delivery.status === null) return { since: null, before: null };
	let since: number | null = null;
	const fits = (index: number): boolean => {
		if (!isSame(index)) return false;
		const status = log.value(index, 'status');
		if (status === delivery.status) since = log.idAt(index);
		return status !== null && status !== delivery.status;
	};
	const other = await findBefore(log, delivery.id, fits, signal);
	const status = other === null ? null : (log.get(other)?.status ?? null);
	return { since, before: other === null || status === null ? null : { delivery: other, status } };
}
