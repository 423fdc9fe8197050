#!/usr/bin/env node
/** The command line: `chatwoot-webhook COMMAND …`. */
import { argv } from 'node:process';

/** Each is loaded when it is called for: checking a file needs no server and no database. */
const commands: Record<string, (args: readonly string[]) => Promise<number | undefined>> = {
	start: async (args) => (await import('./start')).start(args),
	chain: async (args) => (await import('./chain')).chain(args),
	validate: async (args) => (await import('./validate')).validate(args),
	simulate: async (args) => (await import('./simulate')).simulate(args),
};

const help = `Usage: chatwoot-webhook COMMAND [options]

  start      captures webhooks and shows them in a page (the default)
  validate   checks payloads
  chain      tells whether deliveries are missing from a recording
  simulate   sends what a Chatwoot account sends

chatwoot-webhook COMMAND --help lists the options of each.`;

const [first = 'start', ...rest] = argv.slice(2);
const isHelp = first === '--help' || first === '-h';
// Options without a command are those of the default.
const [name, args] = first.startsWith('-') ? ['start', argv.slice(2)] : [first, rest];
const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
if (isHelp) console.log(help);
else if (command) {
	// Undefined keeps running; set rather than exit, so that what was printed gets out.
	const code = await command(args);
	if (code !== undefined) process.exitCode = code;
} else {
	console.error(`There is no command "${name}". Commands: ${Object.keys(commands).join(', ')}.`);
	process.exitCode = 2;
}
