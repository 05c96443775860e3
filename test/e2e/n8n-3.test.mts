/**
 * n8n 3, as n8n 2.41 announces it: its own migration report, with the package installed and every example imported.
 * The rules are those of n8n's module `breaking-changes`.
 */
import { exampleFiles, importComplete } from '../../playground/workflows/importComplete.mts';
import { openPlayground, type Playground } from '../../playground/host/playground.mts';
import type { WorkflowNode } from '../../playground/rest/types.mts';

interface Report {
	totalWorkflows: number;
	report: {
		workflowResults: Array<{ ruleId: string; nbAffectedWorkflows: number }>;
		instanceResults: Array<{ ruleId: string }>;
	};
}

/** Findings that are no fault of an example or of the package, with the place that tells a user what to do. */
const EXPECTED = {
	v2: [
		'file-access-restriction-v2', // examples/README.md: which folder n8n 2 reads
		'wait-node-subworkflow-v2', // register/pay-on-several-workers.json: its note says that it needs 2.41
	],
	v3: [],
};
/** Settings of the server that neither package nor examples depend on, and how this server was installed. */
const OF_THE_SERVER = [
	'compression-node-limits-v3', // no example unpacks an archive
	'docker-only-deployment-v3', // docs/decisions.md
	'task-runner-task-timeout-v3', // no Code node of an example runs for a minute
	'workflow-import-url-removed-v3', // examples are imported from a file
];

const log = (text: string) => process.stderr.write(`${text}\n`);

async function migrationReport({ rest }: Playground, version: 'v2' | 'v3') {
	const path = `/rest/breaking-changes/report/refresh?version=${version}`;
	const { totalWorkflows, report } = await rest.request<Report>('POST', path);
	const { workflowResults, instanceResults } = report;
	return {
		totalWorkflows,
		workflowResults,
		ofInstance: instanceResults.map(({ ruleId }) => ruleId),
	};
}

test('a server without N8N_UNVERIFIED_PACKAGES_ENABLED: n8n announces that packages stop loading', async () => {
	const playground = await openPlayground({ log });
	try {
		const { ofInstance } = await migrationReport(playground, 'v3');
		expect(ofInstance).toContain('unverified-packages-v3');
	} finally {
		await playground.close();
	}
});

describe("n8n's migration report, with the setting that docs/running-in-production.md names", () => {
	let playground: Playground;

	beforeAll(async () => {
		playground = await openPlayground({ log, env: { N8N_UNVERIFIED_PACKAGES_ENABLED: 'true' } });
		for (const file of exampleFiles()) await importComplete(playground, file);
	});

	afterAll(async () => await playground?.close());

	test.each(['v2', 'v3'] as const)(
		'no example is affected by %s but where its page says so',
		async (version) => {
			const { totalWorkflows, workflowResults } = await migrationReport(playground, version);
			expect(totalWorkflows).toBe(exampleFiles().length);
			expect(workflowResults.map(({ ruleId }) => ruleId)).toEqual(EXPECTED[version]);
		},
	);

	test('the package goes on loading', async () => {
		const { ofInstance } = await migrationReport(playground, 'v3');
		expect(ofInstance.filter((id) => !OF_THE_SERVER.includes(id))).toEqual([]);
	});

	const node = (type: string, typeVersion: number, parameters: object): WorkflowNode => ({
		id: 'n',
		name: 'Affected',
		type,
		typeVersion,
		position: [0, 0],
		parameters: { ...parameters },
	});

	test.each<[string, string, WorkflowNode]>([
		[
			'$getPairedItem in a field of this package',
			'get-paired-item-v3',
			node('n8n-nodes-bank131.bank131', 1, {
				resource: 'payout',
				operation: 'send',
				reference: "={{ $getPairedItem('Rows', 0).json.id }}",
			}),
		],
		[
			'Execute Sub-workflow for each item',
			'execute-workflow-each-mode-v3',
			node('n8n-nodes-base.executeWorkflow', 1.2, { mode: 'each' }),
		],
	])('%s: the report names the workflow', async (name, ruleId, affected) => {
		const workflow = await playground.rest.createWorkflow({
			name,
			nodes: [affected],
			connections: {},
		});
		const { workflowResults } = await migrationReport(playground, 'v3');
		expect(workflowResults).toContainEqual(
			expect.objectContaining({ ruleId, nbAffectedWorkflows: 1 }),
		);
		const detail = await playground.rest.request<{ affectedWorkflows: Array<{ id: string }> }>(
			'GET',
			`/rest/breaking-changes/report/${ruleId}`,
		);
		expect(detail.affectedWorkflows.map(({ id }) => id)).toEqual([workflow.id]);
	});
});
