/**
 * Checks what n8n asks before it verifies a package, then publishes. `npm run release`
 * - in the GitHub action: refuses with a list, or lints, builds and publishes with provenance (`n8n-node release`);
 * - elsewhere: refuses with the list, or says that the tag can be pushed;
 * - `-- --dry-run`: prints the list; exit code 1 only if there is more in it than a maintainer has to fill in;
 * - `-- --fill`: copies repository and author from package.json to every other place.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { checklist } from './release/checklist.mts';
import { filledIn, placeholdersIn, type Manifest } from './release/identity.mts';
import { actionProblems, PUBLISH_WORKFLOW, workflowProblems } from './release/provenance.mts';
import { textFiles } from './release/textFiles.mts';

const root = path.resolve(import.meta.dirname, '..');
const manifest = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as Manifest;
const isAction = Boolean(process.env.GITHUB_ACTIONS);

/** Runs an npm script; its output is part of the problem if it fails. */
function scriptProblems(script: string): string[] {
	const { status, stdout, stderr } = spawnSync('npm', ['run', '--silent', script], {
		cwd: root,
		encoding: 'utf8',
	});
	return status === 0 ? [] : [`npm run ${script} fails:\n${stdout}${stderr}`];
}

/** npm answers 404 for a package that was never published. */
function npmMaintainers(): string[] | undefined {
	const { status, stdout } = spawnSync('npm', ['view', manifest.name, 'maintainers', '--json'], {
		encoding: 'utf8',
	});
	if (status === 0) {
		const entries = [JSON.parse(stdout) as unknown].flat() as Array<string | { email?: string }>;
		return entries.map((one) =>
			typeof one === 'string' ? (/<(.+)>/.exec(one)?.[1] ?? one) : (one.email ?? ''),
		);
	}
	if (stdout.includes('E404')) return undefined;
	throw new Error(`npm does not say who maintains ${manifest.name}: ${stdout}`);
}

function thisAction(): string[] {
	const event = readFileSync(process.env.GITHUB_EVENT_PATH ?? '', 'utf8');
	return actionProblems(manifest, {
		env: process.env,
		event: JSON.parse(event) as object,
		maintainers: npmMaintainers(),
	});
}

if (process.argv.includes('--fill')) {
	for (const file of textFiles(root)) {
		const text = filledIn(file, manifest);
		if (text === file.text) continue;
		writeFileSync(path.join(root, file.path), text);
		console.log(file.path);
	}
	process.exit();
}

const isDryRun = process.argv.includes('--dry-run');
const files = textFiles(root);
const toFillIn = placeholdersIn(manifest);
const toMend = [
	...checklist(manifest, files),
	...workflowProblems(files.find((file) => file.path === PUBLISH_WORKFLOW)?.text),
	...(isAction && !isDryRun ? thisAction() : []),
	...['build', 'scan'].flatMap(scriptProblems),
];

if (toFillIn.length > 0) {
	console.log('A maintainer fills in, in package.json, and then runs npm run release -- --fill:');
	for (const line of toFillIn) console.log(`- ${line}`);
}
if (toMend.length > 0) {
	console.log('Does not meet what n8n asks:');
	for (const line of toMend) console.log(`- ${line}`);
}

if (toMend.length > 0 || (toFillIn.length > 0 && !isDryRun)) process.exitCode = 1;
else if (toFillIn.length === 0 && (isDryRun || !isAction))
	console.log(
		`Nothing is missing. Push the tag ${manifest.version}: ${PUBLISH_WORKFLOW} publishes.`,
	);
else if (!isDryRun)
	process.exitCode =
		spawnSync('npx', ['n8n-node', 'release'], { cwd: root, stdio: 'inherit' }).status ?? 1;
