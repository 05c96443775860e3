const shared = {
	transform: {
		'\\.[cm]?ts$': [
			'@swc/jest',
			{
				jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
				module: { type: 'commonjs' },
				sourceMaps: 'inline',
			},
		],
	},
	moduleFileExtensions: ['mts', 'ts', 'js', 'mjs', 'cjs', 'json', 'node'],
	testEnvironment: 'node',
	modulePathIgnorePatterns: ['<rootDir>/dist/package.json'],
};

export default {
	projects: [
		{ ...shared, displayName: 'unit', testMatch: ['<rootDir>/test/unit/**/*.test.mts'] },
		{
			...shared,
			displayName: 'engine',
			testMatch: ['<rootDir>/test/engine/**/*.test.mts'],
			testEnvironment: '<rootDir>/test/support/n8n-environment.mjs',
		},
	],
	// Much of a test is waiting; by default jest leaves one core idle.
	maxWorkers: '100%',
	// On a slow machine a process of jest takes longer to end than the half second that jest gives it.
	workerGracefulExitTimeout: 60_000,
	// Ends a test that hangs. None may fail because the machine is slow or busy.
	testTimeout: 1_800_000,
};
