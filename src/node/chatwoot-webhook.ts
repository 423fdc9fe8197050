#!/usr/bin/env node
/** The command line: `chatwoot-webhook COMMAND …`. */
import { start } from './start';

const commands: Record<string, (args: readonly string[]) => Promise<number | undefined>> = { start };

const [name = 'start', ...args] = process.argv.slice(2);
const command = commands[name];
if (command) {
	// Undefined keeps running; set rather than exit, so that what was printed gets out.
	const code = await command(args);
	if (code !== undefined) process.exitCode = code;
} else {
	console.error(`There is no command "${name}". Commands: ${Object.keys(commands).join(', ')}.`);
	process.exitCode = 2;
}
