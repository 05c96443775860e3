import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** A text file of the repository. */
export interface TextFile {
	/** Relative to the root. */
	path: string;
	text: string;
}

/** What git knows in `root`, without the tests and without what npm writes itself. */
export function textFiles(root: string): TextFile[] {
	const list = execFileSync('git', ['ls-files', '-z'], { cwd: root, encoding: 'utf8' });
	return list
		.split('\0')
		.filter((file) => /(^LICENSE|\.(md|json|[mc]?[jt]s|ya?ml|html))$/.test(file))
		.filter((file) => !file.startsWith('test/') && file !== 'package-lock.json')
		.filter((file) => existsSync(path.join(root, file)))
		.map((file) => ({ path: file, text: readFileSync(path.join(root, file), 'utf8') }));
}
