import { startSandbox, type RequestRecord } from '../../../sandbox/sandbox.mts';
import type { LoadedPackage } from '../../support/engine.mts';
import { callsPerPayout, runPayouts } from '../support/runPayouts.mts';
import type { ResultRow } from '../report/table.mts';

const PER_SECOND = 20;
const PARALLEL = 50;
const WINDOW_MS = 60_000;
/** More requests than the window needs, so that it is full to its end. */
const SLACK = 1.1;
const COUNT = Math.ceil((PER_SECOND * (WINDOW_MS / 1000) * SLACK) / callsPerPayout.final);
const TOLERANCE = 0.05;

/** Payouts for a minute at three latencies simultaneously, measured in the request log of the sandbox. */
export async function limits(loader: LoadedPackage): Promise<ResultRow[]> {
	return await Promise.all(
		[0, 50, 500].map(async (latencyMs) => await measureMinute(loader, latencyMs)),
	);
}

async function measureMinute(loader: LoadedPackage, latencyMs: number): Promise<ResultRow> {
	const sandbox = await startSandbox({ latencyMs, processingMs: 1 });
	try {
		const { url, project, partnerPrivateKey: privateKey } = sandbox;
		const credentials = {
			bank131Api: { environment: 'custom', customUrl: url, project, privateKey, apiVersion: 'v2' },
		};
		const batch = { count: COUNT, parallel: PARALLEL, perSecond: PER_SECOND } as const;
		await runPayouts(loader, { credentials }, { ...batch, waitFor: 'final' });
		return toRow(latencyMs, sandbox.requests);
	} finally {
		await sandbox.stop();
	}
}

function toRow(latencyMs: number, requests: readonly RequestRecord[]): ResultRow {
	const times = requests.map(({ at }) => Date.parse(at)).sort((a, b) => a - b);
	const within = (from: number, ms: number) =>
		times.filter((time) => time >= from && time < from + ms).length;
	const perSecond = within(times[0], WINDOW_MS) / (WINDOW_MS / 1000);
	const maxPerSecond = Math.max(...times.map((time) => within(time, 1000)));
	const maxInFlight = Math.max(...requests.map(({ inFlight }) => inFlight));
	return {
		metric: `Requests per Second = ${PER_SECOND}, bank latency ${latencyMs} ms: at the bank over a minute`,
		measured: `${perSecond.toFixed(2)} per second (at most ${maxPerSecond} in any second, ${maxInFlight} in flight)`,
		limit: `${PER_SECOND} ± ${100 * TOLERANCE} %`,
		passed: Math.abs(perSecond / PER_SECOND - 1) <= TOLERANCE,
	};
}
