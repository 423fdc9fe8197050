/** How a body is drawn. */
export type PayloadLook = 'tree' | 'text' | 'hex';

/** What a person chose in the payload tab. It outlives the delivery that it was chosen in. */
export class PayloadView {
	/** The look that was chosen last; null takes the best that a body allows. */
	look = $state<PayloadLook | null>(null);
	/** Whether masked values are shown everywhere. */
	showsSecrets = $state(false);
	/** Whether members where guide and wire disagree are marked. */
	showsDrift = $state(true);
	/** Whether the list of findings shows them too. Folded at first, so that what needs attention stands out. */
	unfoldsDrift = $state(false);
}
