import { scenarioNames } from '../simulator/scenarios';
import type { SimulationChoice } from './simulation';

export const firstChoice: SimulationChoice = { scenario: 'calm', seed: 1, rate: null };

const mostRate = 10_000;

/**
 * Reads `?demo&scenario=chaos&seed=7&rate=300`; what the query does not say or says wrongly is as at first. A rate is in
 * deliveries a second.
 */
export function readDemoAddress(search: string): SimulationChoice {
	const parameters = new URLSearchParams(search);
	const scenario = scenarioNames.find((name) => name === parameters.get('scenario')) ?? firstChoice.scenario;
	const seed = Number(parameters.get('seed') ?? NaN);
	const rate = Number(parameters.get('rate') ?? NaN);
	return {
		scenario,
		seed: Number.isSafeInteger(seed) ? seed : firstChoice.seed,
		rate: rate > 0 && rate <= mostRate ? rate : null,
	};
}

/** The query of a choice. It begins with `?demo`, whatever else there is: the service worker is registered for that. */
export function writeDemoAddress({ scenario, seed, rate }: SimulationChoice): string {
	return `?demo&scenario=${scenario}&seed=${seed}${rate === null ? '' : `&rate=${rate}`}`;
}

/**
 * What the address of a demo begins with, and what the service worker is registered for: with the question mark, so that
 * it never gets between a page that is no demo and its receiver.
 */
export function mockScope(base: string): string {
	return new URL('./?demo', base).href;
}
