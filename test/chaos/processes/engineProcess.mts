// n8n's engine with the built node in its own process, so that it can be killed during an execution.
import '../../../playground/engine/standalone.mjs';
import { errorOf, loadPackage, outputOf, startNodeRun } from '../../support/engine.mts';
import type { JobResult, Job } from './enginePool.mts';

const loader = await loadPackage();

async function run({ id, cancelAfterMs, rows, ...job }: Job): Promise<JobResult> {
	const items = rows.map((json) => ({ json: json as never }));
	const execution = startNodeRun({ loader, nodeName: 'bank131', items, ...job });
	const timer =
		cancelAfterMs === undefined ? undefined : setTimeout(() => execution.cancel(), cancelAfterMs);
	const finishedRun = await execution;
	clearTimeout(timer);
	const error = errorOf(finishedRun);
	return {
		id,
		status: finishedRun.status,
		outputs: [0, 1].map((output) =>
			outputOf(finishedRun, output).map(({ json, pairedItem }) => ({ json, pairedItem })),
		),
		error: error && { message: error.message, description: error.description ?? '' },
	};
}

process.on('message', (job: Job) => {
	run(job).then(
		(result) => process.send?.(result),
		(error: Error) => process.send?.({ id: job.id, crash: error.stack ?? error.message }),
	);
});
process.on('disconnect', () => process.exit(0));
process.send?.('ready');
