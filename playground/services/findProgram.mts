import { accessSync, constants, existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Where Debian keeps the programs of a PostgreSQL server, which it puts on nobody's PATH; the newest first. */
function debianPostgres(): string[] {
	const home = '/usr/lib/postgresql';
	if (!existsSync(home)) return [];
	const versions = readdirSync(home).sort((a, b) => Number(b) - Number(a));
	return versions.map((version) => join(home, version, 'bin'));
}

/** The full path of a program of the system. */
export function findProgram(name: string, debianPackage: string): string {
	const folders = [...(process.env.PATH ?? '').split(delimiter), ...debianPostgres()];
	const found = folders.map((folder) => join(folder, name)).find(canRun);
	if (found) return found;
	throw new Error(
		`Queue mode needs ${name}, which is not installed (Debian: apt-get install ${debianPackage}).`,
	);
}

function canRun(file: string): boolean {
	try {
		accessSync(file, constants.X_OK);
		return true;
	} catch {
		return false;
	}
}
