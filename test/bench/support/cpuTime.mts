import { readFileSync } from 'node:fs';

/** CPU time of a process so far, ms; NaN without /proc. */
export function cpuMs(pid: number): number {
	try {
		// After the name, which may contain spaces and parentheses, utime and stime are fields 12 and 13, in 1/100 s.
		const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
			.replace(/^.*\) /s, '')
			.split(' ');
		return (Number(fields[11]) + Number(fields[12])) * 10;
	} catch {
		return NaN;
	}
}
