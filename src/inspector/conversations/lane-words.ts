import type { BandName, TickName } from '../../changes/conversation-lanes';
import { shortWords } from './value-words';

export const bandLabels: Record<BandName, string> = {
	status: 'Status',
	assignee: 'Assignee',
	team: 'Team',
	labels: 'Labels',
	priority: 'Priority',
};

/** The member that a band shows. */
export const bandMembers: Record<BandName, string> = {
	status: 'status',
	assignee: 'meta.assignee',
	team: 'meta.team',
	labels: 'labels',
	priority: 'priority',
};

export const tickLabels: Record<TickName, string> = {
	contact: 'From contact',
	agent: 'From agent',
	note: 'Private note',
	template: 'Template',
	typing: 'Typing',
	update: 'Updates',
	widget: 'Widget',
	automation: 'Automation',
};

/** A band's value in words; a hash stands for a value that was too long for a summary. */
export function bandWords(name: BandName, value: string | null, at: number): string {
	if (value === null) return 'not known';
	if (value.startsWith('#')) return 'a long value';
	return shortWords(bandMembers[name], value, at);
}

/** Whether a band stands for no value at all: then nothing is drawn. */
export function isNone(name: BandName, value: string | null): boolean {
	return value === 'null' || (name === 'labels' && value === '[]');
}
