/** The workflows and `.ci/run` run what exists, on every version of Node that the project supports. */
import { parse } from 'yaml';

import { filesBelow, matches, read } from '../support/pages.mts';

interface Job {
	strategy?: { matrix: { node?: number[] } };
	steps: Array<{ run?: string; uses?: string; with?: Record<string, unknown> }>;
}
const jobsOf = (file: string) =>
	Object.values((parse(read(file)) as { jobs: Record<string, Job> }).jobs);

const workflows = filesBelow('.github/workflows', '.yml');
const commandsOf = (file: string) =>
	file === '.ci/run'
		? [read(file)]
		: jobsOf(file).flatMap(({ steps }) => steps.map(({ run = '' }) => run));
const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };

test.each([...workflows, '.ci/run'])('%s: every npm script exists', (file) => {
	const named = commandsOf(file).flatMap((text) =>
		matches(text, /\bnpm run (?:--silent )?([\w:]+)/g),
	);
	expect(named.length).toBeGreaterThan(0);
	expect(named.filter((name) => !(name in scripts))).toEqual([]);
});

test.each(['npm run lint', 'npm run test:unit', 'npx jest --selectProjects engine'])(
	'CI runs "%s" on Node 20, 22 and 24',
	(command) => {
		const [job] = jobsOf('.github/workflows/ci.yml').filter(({ steps }) =>
			steps.some(({ run }) => run === command),
		);
		expect(job.strategy?.matrix.node).toEqual([20, 22, 24]);
		const setUp = job.steps.find(({ uses }) => uses?.startsWith('actions/setup-node'));
		expect(setUp?.with?.['node-version']).toBe('${{ matrix.node }}');
	},
);

test.each(['release -- --dry-run', 'demo', 'demo -- --n8n --once', 'test:e2e', 'test:e2e:queue'])(
	'CI on GitHub and .ci/run both run "npm run %s"',
	(script) => {
		const onGitHub = commandsOf('.github/workflows/ci.yml').map((text) => text.trim());
		expect(onGitHub).toContain(`npm run ${script}`);
		const local = matches(
			read('.ci/run'),
			/npm run --silent ([\w:]+(?: -- --(?:dry-run|n8n --once))?)/g,
		);
		expect(local).toContain(script);
	},
);
