// Runs n8n's verification scanner on the source and on the tarball of `npm pack`. `npm run scan`: exit code 1 if
// either fails. The scanner is installed in its own folder, because its TypeScript version conflicts with this
// project's.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { installOnce } from '../playground/install/cache.mts';

const projectDir = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const scanner = {
	name: 'scan-0.32.0',
	dependencies: { '@n8n/scan-community-package': '0.32.0' },
	expectedDuration: 'half a minute, once',
};

const PROGRAM = `
import { analyzePackage, SOURCE_FILE_PATTERNS } from '@n8n/scan-community-package/scanner/scanner.mjs';
const [dir, kind] = process.argv.slice(2);
const patterns = kind === 'source' ? SOURCE_FILE_PATTERNS : ['**/*.js', 'package.json'];
const result = await analyzePackage(dir, patterns);
console.log(kind, result.passed ? 'PASS' : 'FAIL', result.message ?? '');
if (result.details) console.log(result.details);
process.exitCode = result.passed ? 0 : 1;
`;

const folder = await installOnce(scanner, (text) => console.log(text));
const program = path.join(folder, 'scan.mjs');
writeFileSync(program, PROGRAM);

const scratch = mkdtempSync(path.join(tmpdir(), 'bank131-scan-'));
try {
	execFileSync('npm', ['pack', '--ignore-scripts', '--pack-destination', scratch], {
		cwd: projectDir,
		stdio: ['ignore', 'ignore', 'inherit'],
	});
	const tarball = readdirSync(scratch).find((name) => name.endsWith('.tgz'));
	if (!tarball) throw new Error('npm pack created no tarball');
	execFileSync('tar', ['-xzf', path.join(scratch, tarball), '-C', scratch]);
	const ok = [
		[projectDir, 'source'],
		[path.join(scratch, 'package'), 'tarball'],
	].map(([dir, kind]) => spawnSync(process.execPath, [program, dir, kind], { stdio: 'inherit' }));
	process.exitCode = ok.every(({ status }) => status === 0) ? 0 : 1;
} finally {
	rmSync(scratch, { recursive: true, force: true });
}
