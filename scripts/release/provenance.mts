/** npm's provenance: only a public repository's GitHub action with `id-token: write` can give it. */
import { parse } from 'yaml';
import { repositoryOf, type Manifest } from './identity.mts';

export const PUBLISH_WORKFLOW = '.github/workflows/publish.yml';

interface Workflow {
	on?: { push?: { tags?: string[] } };
	permissions?: Record<string, string>;
	jobs?: Record<
		string,
		{ 'runs-on'?: string; permissions?: Record<string, string>; steps?: Array<{ run?: string }> }
	>;
}

/** What keeps the workflow from publishing with provenance. */
export function workflowProblems(text: string | undefined): string[] {
	if (text === undefined) return [`${PUBLISH_WORKFLOW} is missing.`];
	const workflow = parse(text) as Workflow;
	const job = Object.values(workflow.jobs ?? {}).find(({ steps = [] }) =>
		steps.some(({ run }) => run?.trim() === 'npm run release'),
	);
	const findings: Array<[boolean, string]> = [
		[(workflow.on?.push?.tags ?? []).length > 0, 'does not start with the tag of a version'],
		[job !== undefined, 'has no step "npm run release"'],
		[
			(job?.permissions ?? workflow.permissions)?.['id-token'] === 'write',
			'lacks the permission "id-token: write", without which there is no provenance',
		],
		[
			job?.['runs-on']?.startsWith('ubuntu-') === true,
			"does not run on GitHub's own machines, without which there is no provenance",
		],
		[!/provenance['"]?\s*[:=]\s*['"]?false/i.test(text), 'switches provenance off'],
	];
	return findings.filter(([holds]) => !holds).map(([, fault]) => `${PUBLISH_WORKFLOW} ${fault}.`);
}

/** The part of a GitHub action's surroundings that the checks need. */
export interface ActionRun {
	/** The variables of the environment. */
	env: Record<string, string | undefined>;
	/** The content of the file in `GITHUB_EVENT_PATH`. */
	event: { repository?: { private?: boolean } };
	/** Mail addresses of the package's maintainers at npm; undefined before the first release. */
	maintainers: string[] | undefined;
}

/** What keeps this run of the workflow from a release that n8n can verify. */
export function actionProblems(
	manifest: Manifest,
	{ env, event, maintainers }: ActionRun,
): string[] {
	const mail = manifest.author?.email ?? '';
	const findings: Array<[boolean, string]> = [
		[
			env.GITHUB_REPOSITORY === repositoryOf(manifest),
			`This is the repository ${env.GITHUB_REPOSITORY}, package.json names another.`,
		],
		[
			env.GITHUB_REF === `refs/tags/${manifest.version}`,
			`${env.GITHUB_REF} is not the tag of version ${manifest.version}.`,
		],
		[event.repository?.private === false, 'The repository is not public.'],
		[
			Boolean(env.ACTIONS_ID_TOKEN_REQUEST_URL),
			'The job lacks the permission "id-token: write", without which there is no provenance.',
		],
		[
			maintainers === undefined || maintainers.includes(mail),
			`No maintainer of the package at npm has the author's mail address, ${mail}.`,
		],
	];
	return findings.filter(([holds]) => !holds).map(([, fault]) => fault);
}
