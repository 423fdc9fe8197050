import type { ChangeList } from '../../../changes/change-list';

/** How a person looks at what changed. */
export type ChangesLook = 'sent' | 'before' | 'another';

const labels: Record<ChangesLook, string> = {
	sent: 'As sent',
	before: 'Body before and now',
	another: 'Another delivery',
};

/** The looks that a body allows: without a change there is nothing to put back. */
export function looksFor(list: ChangeList): { value: ChangesLook; label: string }[] {
	const looks: ChangesLook[] = list.changes.length > 0 ? ['sent', 'before', 'another'] : ['sent', 'another'];
	return looks.map((value) => ({ value, label: labels[value] }));
}

/** What was chosen last, apart for deliveries that list something and for those that do not; null when nothing was. */
export interface ChosenLooks {
	listed: ChangesLook | null;
	silent: ChangesLook | null;
}

/** Before anything was chosen. */
export const noLooks: ChosenLooks = { listed: null, silent: null };

/**
 * The look that is shown: the one that was chosen last where the body allows it; else what was sent, or where nothing
 * was, the comparison with another delivery.
 */
export function lookFor(list: ChangeList, { listed, silent }: ChosenLooks): ChangesLook {
	if (isSilent(list)) return silent ?? 'another';
	return listed === null || (listed === 'before' && list.changes.length === 0) ? 'sent' : listed;
}

/** The choices with another one made at a delivery. */
export function withLook(chosen: ChosenLooks, list: ChangeList, look: ChangesLook): ChosenLooks {
	return isSilent(list) ? { ...chosen, silent: look } : { ...chosen, listed: look };
}

function isSilent({ changes, read }: ChangeList): boolean {
	return changes.length + read.leftovers.length === 0;
}
