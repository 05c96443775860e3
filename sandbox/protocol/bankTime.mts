import { performance } from 'node:perf_hooks';

/**
 * The current time as the bank writes it: ISO 8601 in UTC with microseconds,
 * 2020-05-29T07:01:37.499907Z (api/01).
 */
export function bankTime(): string {
	const milliseconds = performance.timeOrigin + performance.now();
	const micros = Math.floor((milliseconds % 1) * 1000);
	return `${new Date(milliseconds).toISOString().slice(0, -1)}${String(micros).padStart(3, '0')}Z`;
}
