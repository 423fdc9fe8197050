import { benchmarkCapture } from './capture';
import { benchmarkCheck } from './check';
import { benchmarkConversation } from './conversation';
import { benchmarkDemo } from './demo';
import { benchmarkDiff } from './diff';
import { benchmarkEditor } from './editor';
import { benchmarkFirstRow } from './first-row';
import { benchmarkPages } from './pages';
import { benchmarkPayload } from './payload';
import { benchmarkScroll } from './scroll';

/** Each prints its tables on standard output, and what it is doing on standard error. */
const benchmarks: Record<string, () => Promise<void>> = {
	capture: benchmarkCapture,
	'first-row': benchmarkFirstRow,
	payload: benchmarkPayload,
	scroll: benchmarkScroll,
	pages: benchmarkPages,
	check: benchmarkCheck,
	editor: benchmarkEditor,
	conversation: benchmarkConversation,
	diff: benchmarkDiff,
	demo: benchmarkDemo,
};

/** Runs the benchmarks named, or all. Resolves to the exit code: 2 when a name is unknown. */
export async function main(names: readonly string[]): Promise<number> {
	const unknown = names.filter((name) => !Object.hasOwn(benchmarks, name));
	if (unknown.length > 0) {
		console.error(`There is no benchmark ${unknown.join(', ')}. There are: ${Object.keys(benchmarks).join(', ')}.`);
		return 2;
	}
	for (const name of names.length > 0 ? names : Object.keys(benchmarks)) await benchmarks[name]!();
	return 0;
}
