import type { Summary } from '../../deliveries/api';

/** In place of an event's name. */
const withoutEvent = { 'not-json': 'not JSON', 'not-utf8': 'not text', empty: 'empty body', json: 'no event' };

/** What a row calls a delivery: the event as sent, or in two words why it has none. */
export function eventWords({ event, kind }: Summary): string {
	return event ?? withoutEvent[kind];
}
