/** What `npm run release` checks, and that this repository passes all of it but the placeholders. */
import { checklist } from '../../scripts/release/checklist.mts';
import {
	filledIn,
	otherIdentities,
	placeholdersIn,
	repositoryOf,
	type Manifest,
} from '../../scripts/release/identity.mts';
import {
	actionProblems,
	PUBLISH_WORKFLOW,
	workflowProblems,
	type ActionRun,
} from '../../scripts/release/provenance.mts';
import { textFiles, type TextFile } from '../../scripts/release/textFiles.mts';
import { read, root } from '../support/pages.mts';

const manifest = JSON.parse(read('package.json')) as Manifest;
const files = textFiles(root);

const filled: Manifest = {
	...manifest,
	author: { name: 'Anna Petrova', email: 'anna@payouts.ru' },
	repository: { url: `git+https://github.com/payouts/${manifest.name}.git` },
	homepage: `https://github.com/payouts/${manifest.name}#readme`,
};

const withFile = (path: string, change: (text: string) => string) =>
	files.map((file) => (file.path === path ? { path, text: change(file.text) } : file));
const without = (path: string) => files.filter((file) => file.path !== path);

describe('Organisation, author, mail and repository', () => {
	test('every copy in the repository says what package.json says', () => {
		expect(otherIdentities(files, manifest)).toEqual([]);
	});

	test('other values in package.json: each file with a copy is named', () => {
		const copies = files.filter(({ text }) =>
			text.includes(`github.com/${repositoryOf(manifest)}`),
		);
		expect(copies.length).toBeGreaterThan(5);
		expect(otherIdentities(files, filled).sort()).toEqual(
			['LICENSE', ...copies.map(({ path }) => path)].sort(),
		);
	});

	test('--fill: all copies have the new values, and a second time changes nothing', () => {
		const written = files.map((file) => ({ path: file.path, text: filledIn(file, filled) }));
		expect(otherIdentities(written, filled)).toEqual([]);
		expect(written.some(({ text }) => text.includes(`github.com/${repositoryOf(manifest)}`))).toBe(
			false,
		);
		expect(written.find(({ path }) => path === 'LICENSE')?.text).toContain(' Anna Petrova\n');
		expect(checklist(filled, written)).toEqual([]);
	});

	test('addresses of other repositories stay', () => {
		const text = 'https://github.com/bank131/php-sdk, https://github.com/n8n-io/n8n';
		expect(filledIn({ path: 'README.md', text }, filled)).toBe(text);
	});
});

describe('Placeholders', () => {
	const fieldsOf = (one: Manifest) => placeholdersIn(one).map((line) => line.split(':')[0]);

	test('all filled in: none', () => {
		expect(placeholdersIn(filled)).toEqual([]);
	});

	test.each([
		'maintainers@n8n-nodes-bank131.example',
		'me@example.com',
		'me@mail.example.org',
		'me@mail.invalid',
		'',
	])('mail address "%s": has to be filled in', (email) => {
		expect(fieldsOf({ ...filled, author: { ...filled.author, email } })).toEqual(['author.email']);
	});

	test.each(['n8n-nodes-bank131 maintainers', '', undefined])('author "%s": likewise', (name) => {
		expect(fieldsOf({ ...filled, author: { ...filled.author, name } })).toEqual(['author.name']);
	});

	test.each(['git+https://github.com/n8n-nodes-bank131/n8n-nodes-bank131.git', '', undefined])(
		'repository "%s": likewise',
		(url) => {
			expect(fieldsOf({ ...filled, repository: { url } })).toEqual(['repository.url']);
		},
	);
});

describe("n8n's checklist", () => {
	test('this repository meets it', () => {
		expect(checklist(manifest, files)).toEqual([]);
	});

	const codex = 'nodes/Bank131Trigger/Bank131Trigger.node.json';
	test.each<[string, Manifest, TextFile[], string]>([
		['no README', manifest, without('README.md'), 'README.md is missing.'],
		[
			'README without the credential',
			manifest,
			withFile('README.md', (text) => text.replace('## Credential\n', '')),
			'README.md: no section "Credential".',
		],
		[
			'README without examples',
			manifest,
			withFile('README.md', (text) => text.replaceAll('(examples/README.md', '(docs')),
			'README.md: no link to example workflows.',
		],
		[
			'README in Russian',
			manifest,
			withFile('README.md', (text) => `${text}${read('docs/README.ru.md')}`),
			'README.md: not in English.',
		],
		[
			'unfinished README',
			manifest,
			withFile('README.md', (text) => `${text}\nTODO`),
			'README.md: unfinished text.',
		],
		[
			'another licence',
			manifest,
			withFile('LICENSE', (text) => text.replace('MIT', 'ISC')),
			'LICENSE: not the MIT licence.',
		],
		['a runtime dependency', { ...manifest, dependencies: { axios: '1' } }, files, 'axios'],
		['a version without an entry', { ...manifest, version: '9.8.7' }, files, 'no entry for 9.8.7'],
		['another homepage', { ...manifest, homepage: 'https://a.ru' }, files, 'homepage is not'],
		[
			'a repository that is not at GitHub',
			{ ...manifest, repository: { url: 'git+https://gitlab.com/a/b.git' } },
			files,
			'repository.url is not',
		],
		[
			'a codex file of another node',
			manifest,
			withFile(codex, (text) => text.replace('"n8n-nodes-bank131.', '"n8n-nodes-base.')),
			`${codex}: node is not n8n-nodes-bank131.bank131Trigger.`,
		],
	])('%s: one problem', (_name, changed, changedFiles, problem) => {
		expect(checklist(changed, changedFiles)).toEqual([expect.stringContaining(problem)]);
	});
});

describe('Provenance', () => {
	const workflow = read(PUBLISH_WORKFLOW);

	test('the workflow of this repository publishes with it', () => {
		expect(workflowProblems(workflow)).toEqual([]);
	});

	test.each<[string, string | undefined, string]>([
		['no workflow', undefined, 'is missing'],
		['no permission', workflow.replace('id-token: write', 'id-token: none'), 'id-token: write'],
		['started by a branch', workflow.replace('tags:', 'branches:'), 'tag of a version'],
		['npm publish by hand', workflow.replace('npm run release', 'npm publish'), 'npm run release'],
		['own machine', workflow.replace('ubuntu-latest', 'self-hosted'), "GitHub's own machines"],
		['switched off', `${workflow}        env: { NPM_CONFIG_PROVENANCE: false }\n`, 'off'],
	])('%s: refused', (_name, text, problem) => {
		expect(workflowProblems(text).join(' ')).toContain(problem);
	});

	const action: ActionRun = {
		env: {
			GITHUB_REPOSITORY: `payouts/${manifest.name}`,
			GITHUB_REF: `refs/tags/${manifest.version}`,
			ACTIONS_ID_TOKEN_REQUEST_URL: 'https://token.example',
		},
		event: { repository: { private: false } },
		maintainers: ['anna@payouts.ru'],
	};

	test('a run in the public repository, for the tag of the version, by the author: accepted', () => {
		expect(actionProblems(filled, action)).toEqual([]);
		expect(actionProblems(filled, { ...action, maintainers: undefined })).toEqual([]);
	});

	test.each<[string, Partial<ActionRun>, string]>([
		['a fork', { env: { ...action.env, GITHUB_REPOSITORY: 'fork/it' } }, 'repository fork/it'],
		['another tag', { env: { ...action.env, GITHUB_REF: 'refs/tags/9.9.9' } }, 'not the tag'],
		['a branch', { env: { ...action.env, GITHUB_REF: 'refs/heads/main' } }, 'not the tag'],
		['a private repository', { event: { repository: { private: true } } }, 'not public'],
		['an unknown repository', { event: {} }, 'not public'],
		[
			'no permission',
			{ env: { ...action.env, ACTIONS_ID_TOKEN_REQUEST_URL: undefined } },
			'id-token: write',
		],
		['another maintainer', { maintainers: ['x@y.ru'] }, 'No maintainer'],
	])('%s: refused', (_name, change, problem) => {
		expect(actionProblems(filled, { ...action, ...change })).toEqual([
			expect.stringContaining(problem),
		]);
	});
});
