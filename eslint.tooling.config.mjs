// Lint for what is not published: sandbox, playground, tests, scripts. The published code has n8n's own strict config
// (eslint.config.mjs).
import js from '@eslint/js';
import tseslint from 'typescript-eslint';

export default tseslint.config(
	{ ignores: ['dist/**', 'node_modules/**', '**/*.ts', '**/*.js', '**/*.mjs'] },
	{
		files: ['**/*.mts'],
		extends: [js.configs.recommended, ...tseslint.configs.recommended],
		rules: {
			'no-undef': 'off', // TypeScript checks this
			'@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
		},
	},
);
