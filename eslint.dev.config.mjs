/** Lints what is not shipped (sandbox, lab, test). What is shipped is linted by n8n's own, stricter eslint.config.mjs. */
import js from '@eslint/js';
import globals from 'globals';
import typescript from 'typescript-eslint';

export default typescript.config(
	js.configs.recommended,
	typescript.configs.recommended,
	{ linterOptions: { reportUnusedDisableDirectives: 'error' } },
	{ files: ['**/*.mjs'], languageOptions: { globals: globals.nodeBuiltin } },
	{ files: ['sandbox/page/browser/*.js'], languageOptions: { globals: globals.browser } },
	{
		// Node runs these files by leaving their types out; syntax that would have to be translated stops it.
		files: ['**/*.mts'],
		rules: {
			'no-restricted-syntax': ['error', 'TSEnumDeclaration', 'TSParameterProperty'],
		},
	},
);
