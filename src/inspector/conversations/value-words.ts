import { clockText } from '../../deliveries/change-text';
import { oneLine } from '../../deliveries/one-line';
import { formatDuration } from '../../ui/format';

/** How the value of a member is shown. */
export type ValueWords =
	| { form: 'none'; words: string }
	| { form: 'status'; word: string }
	| { form: 'chips'; names: string[]; more: number }
	/** A name, and the id behind it. */
	| { form: 'record'; name: string; id: string }
	/** `aside`: what a person would work out, such as how long ago it was. `sent`: as the body has it. */
	| { form: 'words'; words: string; aside: string; sent: string }
	| { form: 'json'; kind: 'string' | 'number' | 'literal' | 'other'; text: string };

const mostChips = 12;

/**
 * A member's JSON text for people: names for ids, times on the local clock, labels one by one. What is of another shape
 * than Chatwoot sends is shown as the JSON that it is.
 * @param at the moment at which it is looked at, in Unix milliseconds
 */
export function valueWords(member: string, json: string, at: number): ValueWords {
	const isCustom = member.startsWith('custom_attributes');
	if (isCustom) return plain(json);
	const isTime = /_(?:at|since|until)$/.test(member);
	if (json === 'null' || (json === '0' && isTime) || (json === '[]' && member === 'labels')) {
		return { form: 'none', words: /_seen_at$/.test(member) ? 'never' : 'none' };
	}
	if (member === 'status' && json.startsWith('"')) return { form: 'status', word: textOf(json) };
	if (member === 'labels') return labels(json) ?? plain(json);
	if (member.startsWith('meta.')) return record(json) ?? plain(json);
	if (json === 'true' || json === 'false') {
		return { form: 'words', words: json === 'true' ? 'yes' : 'no', aside: '', sent: json };
	}
	const time = isTime ? timeOf(json) : null;
	if (time === null) {
		return json.startsWith('"') || /^-?\d/.test(json)
			? { form: 'words', words: json.startsWith('"') ? textOf(json) : json, aside: '', sent: json }
			: plain(json);
	}
	const ago = Math.round((at - time) / 1000) * 1000;
	const aside = ago >= 0 ? `${formatDuration(ago)} ago` : `in ${formatDuration(-ago)}`;
	return { form: 'words', words: clockText(time, at), aside: ago === 0 ? '' : aside, sent: json };
}

/** A value in a few words, for a band or for what it was before. */
export function shortWords(member: string, json: string, at: number): string {
	const words = valueWords(member, json, at);
	switch (words.form) {
		case 'none':
		case 'words':
			return words.words;
		case 'status':
			return words.word;
		case 'chips':
			return words.names.join(', ') + (words.more > 0 ? ` +${words.more}` : '');
		case 'record':
			return words.name;
		case 'json':
			return words.text;
	}
}

function plain(json: string): ValueWords {
	const kind = json.startsWith('"')
		? 'string'
		: /^-?\d/.test(json)
			? 'number'
			: /^(?:true|false)$/.test(json)
				? 'literal'
				: 'other';
	return { form: 'json', kind, text: json };
}

function labels(json: string): ValueWords | null {
	if (!json.startsWith('[')) return null;
	const list = JSON.parse(json) as unknown[];
	const names = list.filter((name) => typeof name === 'string').map((name) => oneLine(name, 64));
	if (names.length < list.length) return null;
	return { form: 'chips', names: [...new Set(names)].slice(0, mostChips), more: Math.max(0, names.length - mostChips) };
}

/** Names are read, ids are taken as they are written: a number may have more digits than JavaScript keeps. */
function record(json: string): ValueWords | null {
	const id = /^\{"id":("(?:[^"\\]|\\.)*"|-?[\d.eE+-]+|null),"name":/.exec(json)?.[1];
	if (id === undefined) return /^-?\d+$/.test(json) ? { form: 'record', name: `#${json}`, id: '' } : null;
	const { name } = JSON.parse(json) as { name: string | null };
	const number = id.startsWith('"') ? textOf(id) : id;
	return name === null ? { form: 'record', name: `#${number}`, id: '' } : { form: 'record', name, id: `#${number}` };
}

function timeOf(json: string): number | null {
	if (/^\d{1,10}(\.\d+)?$/.test(json)) return Number(json) * 1000;
	if (!/^"\d{4}-\d\d-\d\dT[^"]*"$/.test(json)) return null;
	const time = Date.parse(json.slice(1, -1));
	return Number.isNaN(time) ? null : time;
}

function textOf(json: string): string {
	return oneLine(JSON.parse(json) as string, 120);
}
