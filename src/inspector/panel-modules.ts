import type { Component } from 'svelte';
import type { Panel } from './address';
import type { Preferences } from './preferences.svelte';

/** What a panel that is loaded when it is first opened gets. */
export interface PanelProps {
	/** What the address says after the question mark; empty while another panel is shown. */
	query: string;
	/** Puts another text there; nothing is loaded anew. */
	onquery: (query: string) => void;
	preferences: Preferences;
	/** False while another panel covers it: it stays as it was left. */
	isShown: boolean;
}

type PanelComponent = Component<PanelProps>;

/** Panels that are no part of the first load. */
type LatePanel = Exclude<Panel, 'deliveries'>;

const modules: Record<LatePanel, () => Promise<{ default: PanelComponent }>> = {
	conversations: () => import('./conversations/ConversationsPanel.svelte'),
	validate: () => import('./validate/ValidatePanel.svelte'),
	compare: () => import('./compare/ComparePanel.svelte'),
	coverage: () => import('./coverage/CoveragePanel.svelte'),
};

/** Loads a panel; rejects when it can't be fetched. */
export async function loadPanel(panel: LatePanel): Promise<PanelComponent> {
	return (await modules[panel]()).default;
}
