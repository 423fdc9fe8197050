import type { Browser, Page } from 'playwright-core';
import { withBrowser } from '../browser/launch';
import { samples } from '../deliveries';
import { startInspector } from '../running-inspector';
import { largePayload } from './large-payload';
import { openProbedPage, watchIdlePage, watchTasks, type Busy } from './page-probe';
import { median, printTable, quantile, rounded, type Cell } from './table';

/** A text to type in. It holds `wrongValue` once, as the value of `message_type`: the keys go to its end. */
interface Subject {
	name: string;
	text: string;
	/** Milliseconds within which the findings of what was typed are to be shown. */
	goal: number;
}

/** Where typing is measured. */
interface Contender {
	page: Page;
	/** What shows the typed value when the text with it has been judged. */
	result: string;
}

/** What typing took, in milliseconds from a key until its findings are painted. */
interface Typing {
	/** Of keys that each waited for the findings of the one before. */
	single: number[];
	/** Of the last key of several that did not wait. */
	last: number[];
	longTasks: number[];
	longestGap: number;
}

interface TypingProbe {
	/** When a key went down last, by the page's clock. */
	keyAt: number;
	/** Milliseconds from the last key until what is watched for was painted. */
	shown: Promise<number>;
	/** Watches for an element with a text that is not there yet. */
	watch(selector: string, text: string): void;
}

declare global {
	interface Window {
		typing: TypingProbe;
	}
}

/** No release sends it, so that there is a finding that quotes it with all that is typed behind it. */
const wrongValue = 'incominx';
const keys = 'abcde';
const rounds = 4;
/** The pause of a person who types quickly. */
const pauseMilliseconds = 100;

/**
 * Typing in the middle of a pasted payload: from a key until the findings of the text with it are painted; beside a
 * bare page with a `<textarea>` of the same text, which parses it at each input and shows the same value. The rounds
 * are interleaved.
 */
export async function benchmarkEditor(): Promise<void> {
	const inspector = await startInspector();
	try {
		await withBrowser(async (browser) => {
			const rows: Cell[][] = [];
			for (const subject of subjects()) rows.push(...(await measure(browser, inspector, subject)));
			const idle = await watchIdlePage(browser);
			const gap = rounded(idle.longestGap, 0);
			rows.push([null, 'a page that does nothing: longest time between frames', null, null, gap, null, null, null]);
			printTable(
				`Editor: milliseconds from a key until the findings of the text with it are painted, ${rounds} rounds of ${keys.length} keys`,
				['text', 'what', 'median', '90 %', 'slowest', 'goal', 'bare median', 'of bare'],
				rows,
			);
		});
	} finally {
		await inspector.stop();
	}
}

function subjects(): Subject[] {
	const few = (size: number, indent: number) => JSON.stringify(messageOf(size, indent), null, indent);
	const many = JSON.parse(new TextDecoder().decode(largePayload(650_000))) as { messages: object[] };
	many.messages[0] = { ...many.messages[0], message_type: wrongValue };
	return [
		{ name: '5 KB', text: few(5_000, 2), goal: 50 },
		{ name: '1 MB, many lines', text: few(1_000_000, 2), goal: 300 },
		{ name: '1 MB, one line', text: few(1_000_000, 0), goal: 300 },
		{ name: '1 MB, thousands of findings', text: JSON.stringify(many, null, 2), goal: 300 },
	];
}

/** A genuine message, filled up to a size with attributes before and behind the value that is typed in. */
function messageOf(size: number, indent: number): object {
	const sample = samples().find(({ name }) => name === 'message_created--webwidget-incoming')!;
	const genuine = JSON.parse(new TextDecoder().decode(sample.body)) as Record<string, object>;
	const { conversation, sender, ...rest } = genuine;
	const filled = (count: number) => {
		const attributes = (side: string) =>
			Object.fromEntries(Array.from({ length: count }, (_, index) => [`${side}_${index}`, 'x'.repeat(60)]));
		return {
			conversation: { ...conversation, custom_attributes: attributes('before') },
			...rest,
			message_type: wrongValue,
			sender: { ...sender, custom_attributes: attributes('behind') },
		};
	};
	const lengthOf = (count: number) => JSON.stringify(filled(count), null, indent).length;
	const perAttribute = (lengthOf(1000) - lengthOf(0)) / 1000;
	return filled(Math.max(0, Math.round((size - lengthOf(0)) / perAttribute)));
}

async function measure(
	browser: Browser,
	inspector: { page: string; origin: string },
	subject: Subject,
): Promise<Cell[][]> {
	const own = await openPanel(browser, inspector.page, subject.text);
	const bare = await openBarePage(browser, inspector.origin, subject.text);
	const typed: [own: Typing, bare: Typing] = [newTyping(), newTyping()];
	for (let round = 0; round <= rounds; round++) {
		process.stderr.write(`editor: ${subject.name}, round ${round} of ${rounds}\n`);
		for (const [index, contender] of [own, bare].entries()) {
			// The first round warms up.
			await typeRound(contender, round === 0 ? newTyping() : typed[index]!);
		}
	}
	await own.page.context().close();
	await bare.page.context().close();
	return rowsOf(subject, ...typed);
}

function newTyping(): Typing {
	return { single: [], last: [], longTasks: [], longestGap: 0 };
}

async function openPanel(browser: Browser, address: string, text: string): Promise<Contender> {
	const page = await openTypingPage(browser);
	await page.goto(address);
	await page.getByRole('tab', { name: 'Validate' }).click();
	const editor = page.getByRole('textbox', { name: 'Payload to check' });
	await editor.focus();
	await editor.evaluate((element, pasted) => {
		const clipboardData = new DataTransfer();
		clipboardData.setData('text/plain', pasted);
		element.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
	}, text);
	const findings = page.getByRole('region', { name: 'Findings' });
	await findings
		.locator('.item')
		.filter({ hasText: `"${wrongValue}"` })
		.getByRole('button')
		.click();
	// The value is selected: one step to the right is its end, one back is inside its closing quote.
	await page.keyboard.press('ArrowRight');
	await page.keyboard.press('ArrowLeft');
	return { page, result: '[aria-label=Findings] .found' };
}

async function openBarePage(browser: Browser, origin: string, text: string): Promise<Contender> {
	const page = await openTypingPage(browser);
	const body =
		'<!doctype html><title>Bare</title><textarea wrap="off" rows="40" cols="90"></textarea><output></output>';
	await page.route('**/bench-textarea', (route) => route.fulfill({ contentType: 'text/html', body }));
	await page.goto(`${origin}/bench-textarea`);
	await page.evaluate(
		([pasted, wrong]) => {
			const area = document.querySelector('textarea')!;
			const output = document.querySelector('output')!;
			area.addEventListener('input', () => {
				const value = JSON.parse(area.value) as { message_type?: string; messages?: { message_type: string }[] };
				output.textContent = JSON.stringify(value.message_type ?? value.messages?.[0]?.message_type);
			});
			area.value = pasted;
			const caret = pasted.indexOf(wrong) + wrong.length;
			area.setSelectionRange(caret, caret);
			area.focus();
		},
		[text, wrongValue] as const,
	);
	return { page, result: 'output' };
}

async function openTypingPage(browser: Browser): Promise<Page> {
	const page = await openProbedPage(browser);
	await page.addInitScript(installTyping);
	return page;
}

/** Types the keys one after another, then at the pace of a person, and removes them again. */
async function typeRound({ page, result }: Contender, typing: Typing): Promise<void> {
	await page.bringToFront();
	let value = wrongValue;
	const watch = (text: string) =>
		page.evaluate(([selector, quoted]) => window.typing.watch(selector, quoted), [result, `"${text}"`] as const);
	const shown = () => page.evaluate(() => window.typing.shown);
	const busy = await watchTasks(page, async () => {
		for (const key of keys) {
			value += key;
			await watch(value);
			await page.keyboard.press(key);
			typing.single.push(await shown());
			await page.waitForTimeout(pauseMilliseconds);
		}
		await watch(value + keys);
		await page.keyboard.type(keys, { delay: pauseMilliseconds });
		typing.last.push(await shown());
		await page.waitForTimeout(pauseMilliseconds);
	});
	addBusy(typing, busy);
	await watch(wrongValue);
	for (let count = 0; count < keys.length * 2; count++) await page.keyboard.press('Backspace');
	await shown();
}

function addBusy(typing: Typing, { longTasks, longestGap }: Busy): void {
	typing.longTasks.push(...longTasks);
	typing.longestGap = Math.max(typing.longestGap, longestGap);
}

function rowsOf({ name, goal }: Subject, own: Typing, bare: Typing): Cell[][] {
	const row = (what: string, ownTimes: readonly number[], bareTimes: readonly number[]): Cell[] => {
		const figures = [median(ownTimes), quantile(ownTimes, 0.9), Math.max(...ownTimes)].map((time) => rounded(time, 0));
		const ratio = rounded(median(ownTimes) / median(bareTimes), 2);
		return [name, what, ...figures, goal, rounded(median(bareTimes), 0), ratio];
	};
	const slowest = (tasks: readonly number[]) => (tasks.length > 0 ? rounded(Math.max(...tasks), 0) : null);
	const tasks = `tasks over 50 ms: ${own.longTasks.length}; bare page: ${bare.longTasks.length}`;
	return [
		row('a key, when the findings before it are shown', own.single, bare.single),
		row(`the last of ${keys.length} keys, one each ${pauseMilliseconds} ms`, own.last, bare.last),
		[name, tasks, null, null, slowest(own.longTasks), 50, slowest(bare.longTasks), null],
		[
			name,
			'longest time between frames',
			null,
			null,
			rounded(own.longestGap, 0),
			null,
			rounded(bare.longestGap, 0),
			null,
		],
	];
}

/** Runs in the page, behind the probe. */
function installTyping(): void {
	const typing: TypingProbe = {
		keyAt: 0,
		shown: Promise.resolve(0),
		watch(selector, text) {
			const isThere = () => [...document.querySelectorAll(selector)].some((one) => one.textContent.includes(text));
			const appeared = new Promise<void>((resolve) => {
				const observer = new MutationObserver(() => {
					if (!isThere()) return;
					observer.disconnect();
					resolve();
				});
				observer.observe(document, { subtree: true, childList: true, characterData: true });
			});
			typing.shown = appeared.then(window.probe.painted).then((paintedAt) => paintedAt - typing.keyAt);
		},
	};
	window.typing = typing;
	addEventListener('keydown', (event) => (typing.keyAt = event.timeStamp), { capture: true });
}
