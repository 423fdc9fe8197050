import type { ChangeContent, ShownLabel, ShownValue } from './attribute-values';

/** A change as one line of plain text, in the words of its row: `status: open → resolved`. For issue reports. */
export function changeWords(attribute: string, content: ChangeContent): string {
	return `${attribute}: ${contentWords(content).replaceAll('`', '')}`;
}

function contentWords(content: ChangeContent): string {
	switch (content.form) {
		case 'pair': {
			const distance = content.distance === null ? '' : `, ${content.distance}`;
			return `${valueWords(content.previous)} → ${valueWords(content.current)}${distance}`;
		}
		case 'labels': {
			const more = content.more > 0 ? [`${content.more} more`] : [];
			const words = content.words === null ? [] : [content.words];
			return [...content.labels.map(labelWords), ...more, ...words].join(', ');
		}
		case 'texts':
			return `${JSON.stringify(content.previous)} → ${JSON.stringify(content.current)}`;
		default:
			return content.words;
	}
}

/** What one value says, with the forms in which it was sent. */
export function valueWords(value: ShownValue): string {
	switch (value.form) {
		case 'absent':
			return 'not sent';
		case 'none':
			return value.inBody === null ? 'none' : `none (${value.sent}, ${value.inBody} in the body)`;
		case 'word':
			return value.word;
		case 'record':
			return value.name === null ? `#${value.id}` : `${value.name} #${value.id}`;
		case 'time':
			return `${value.words} (${value.sent}${value.inBody === null ? '' : `, ${value.inBody} in the body`})`;
		case 'json':
			return value.text;
	}
}

function labelWords({ name, state }: ShownLabel): string {
	return state === 'kept' ? name : `${state === 'added' ? '+' : '−'} ${name}`;
}
