import js from '@eslint/js';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';

export default ts.config(
	{ ignores: ['dist/', 'dist-node/', 'public/mockServiceWorker.js', '.data/'] },
	js.configs.recommended,
	...ts.configs.recommendedTypeChecked,
	...svelte.configs.recommended,
	{
		languageOptions: {
			globals: { ...globals.browser, ...globals.node },
			parserOptions: {
				project: ['tsconfig.json', 'src/tsconfig.core.json', 'src/node/tsconfig.json'],
				tsconfigRootDir: import.meta.dirname,
			},
		},
		rules: {
			'no-undef': 'off',
			'svelte/no-at-html-tags': 'error',
			'@typescript-eslint/no-unnecessary-condition': 'off',
			'@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
			'@typescript-eslint/no-confusing-void-expression': 'off',
		},
	},
	{
		files: ['**/*.svelte', '**/*.svelte.ts'],
		languageOptions: { parserOptions: { parser: ts.parser } },
		// Our sets in state are replaced, never changed, so they need no reactive copy.
		rules: { 'svelte/prefer-svelte-reactivity': 'off' },
	},
	{
		// The linter takes snippet parameters and component instances for `any`; svelte-check knows their types.
		files: ['**/*.svelte'],
		// Only here: with it, types are read anew for each file, as if somebody were editing.
		languageOptions: { parserOptions: { extraFileExtensions: ['.svelte'] } },
		rules: {
			'@typescript-eslint/no-unsafe-argument': 'off',
			'@typescript-eslint/no-unsafe-assignment': 'off',
			'@typescript-eslint/no-unsafe-call': 'off',
			'@typescript-eslint/no-unsafe-member-access': 'off',
			'@typescript-eslint/no-unsafe-return': 'off',
		},
	},
	{
		// A test takes a function of an object apart to look at it, or to put another in its place.
		files: ['**/*.test.ts', 'test/**/*.ts'],
		rules: { '@typescript-eslint/unbound-method': 'off' },
	},
	{ files: ['**/*.js', '**/*.mjs'], extends: [ts.configs.disableTypeChecked] },
);
