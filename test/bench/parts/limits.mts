import { startSandbox, type RequestRecord } from '../../../sandbox/sandbox.mts';
import type { LoadedPackage } from '../../support/engine.mts';
import { callsPerPayout, runPayouts } from '../support/runPayouts.mts';
import type { Row } from '../report/table.mts';

const PER_SECOND = 20;
const PARALLEL = 50;
const WINDOW_MS = 60_000;
/** Requests that are still coming when the window ends. */
const SLACK = 1.1;
const COUNT = Math.ceil((PER_SECOND * (WINDOW_MS / 1000) * SLACK) / callsPerPayout.final);
const TOLERANCE = 0.05;

/** A minute of payouts at three latencies, all at the same time; the bank's own log is the judge. */
export async function limits(loader: LoadedPackage): Promise<Row[]> {
	return await Promise.all([0, 50, 500].map(async (latencyMs) => await minute(loader, latencyMs)));
}

async function minute(loader: LoadedPackage, latencyMs: number): Promise<Row> {
	const sandbox = await startSandbox({ latencyMs, processingMs: 1 });
	try {
		const { url, project, partnerPrivateKey: privateKey } = sandbox;
		const credentials = {
			bank131Api: { environment: 'custom', customUrl: url, project, privateKey, apiVersion: 'v2' },
		};
		const batch = { count: COUNT, parallel: PARALLEL, perSecond: PER_SECOND } as const;
		await runPayouts(loader, { credentials }, { ...batch, waitFor: 'final' });
		return row(latencyMs, sandbox.requests);
	} finally {
		await sandbox.stop();
	}
}

function row(latencyMs: number, requests: readonly RequestRecord[]): Row {
	const times = requests.map(({ at }) => Date.parse(at)).sort((a, b) => a - b);
	const within = (from: number, ms: number) =>
		times.filter((time) => time >= from && time < from + ms).length;
	const perSecond = within(times[0], WINDOW_MS) / (WINDOW_MS / 1000);
	const worst = Math.max(...times.map((time) => within(time, 1000)));
	const most = Math.max(...requests.map(({ inFlight }) => inFlight));
	return {
		what: `Requests per Second = ${PER_SECOND}, the bank answers after ${latencyMs} ms: at the bank over a minute`,
		measured: `${perSecond.toFixed(2)} per second (at most ${worst} in any second, ${most} in flight)`,
		bar: `${PER_SECOND} ± ${100 * TOLERANCE} %`,
		passed: Math.abs(perSecond / PER_SECOND - 1) <= TOLERANCE,
	};
}
