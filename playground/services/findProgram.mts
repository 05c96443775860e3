import { accessSync, constants, existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Debian's folders of PostgreSQL server programs, newest version first. They are not on the PATH. */
function debianPostgres(): string[] {
	const folder = '/usr/lib/postgresql';
	if (!existsSync(folder)) return [];
	const versions = readdirSync(folder).sort((a, b) => Number(b) - Number(a));
	return versions.map((version) => join(folder, version, 'bin'));
}

/**
 * Finds a system program and returns its full path.
 * @param debianPackage the package to name in the error
 * @throws if it is not installed
 */
export function findProgram(name: string, debianPackage: string): string {
	const folders = [...(process.env.PATH ?? '').split(delimiter), ...debianPostgres()];
	const executable = folders.map((folder) => join(folder, name)).find(isExecutable);
	if (executable) return executable;
	throw new Error(
		`Queue mode needs ${name}, which is not installed (Debian: apt-get install ${debianPackage}).`,
	);
}

function isExecutable(file: string): boolean {
	try {
		accessSync(file, constants.X_OK);
		return true;
	} catch {
		return false;
	}
}
