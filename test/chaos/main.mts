// npm run test:chaos -- --payouts 20000 --seed any [--profile name] [--batch 250] [--engines 2] [--verbose]
//
// Runs thousands of payouts through the built node in n8n's real engine against two sandbox banks over HTTP. Requests,
// responses and webhooks get lost and processes are killed. The reports are checked against the ledgers of the banks.
import { cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';

import { startBanks } from './bank/observedBank.mts';
import { Campaign } from './campaign/campaign.mts';
import { SeededRandom } from './lib/seededRandom.mts';
import { EnginePool } from './processes/enginePool.mts';
import { InvariantChecker } from './checks/invariantChecker.mts';
import { drawProfile } from './plan/drawProfile.mts';
import { planCampaign } from './plan/planCampaign.mts';
import { WebhookReceiver } from './processes/webhookReceiver.mts';
import { formatViolations, formatSummary, formatVerdict, type Result } from './report.mts';
import { resolveUnknown } from './campaign/resolveUnknown.mts';
import { FaultInjector } from './bank/faultInjector.mts';

const { values } = parseArgs({
	options: {
		payouts: { type: 'string', default: '2000' },
		seed: { type: 'string', default: 'any' },
		/** Profile of the banks (sandbox/README.md); `drawn` draws one from the seed. */
		profile: { type: 'string', default: 'drawn' },
		/** Largest batch. */
		batch: { type: 'string', default: '250' },
		/** Processes that run n8n's engine. */
		engines: { type: 'string', default: '2' },
		verbose: { type: 'boolean', default: false },
	},
});
const seed = values.seed === 'any' ? String(Math.floor(Math.random() * 1e6)) : values.seed;
const profile = values.profile === 'drawn' ? drawProfile(seed) : values.profile;
/** Maximum number of requests in flight per engine. More requests only make each one slower. */
const CAPACITY = 120;
/** Batches that run at once. Most of the time they wait for the bank. */
const CONCURRENT_BATCHES = 24;

/** Copies the build, so that a rebuild during the campaign has no effect. */
function copyPackage(): string {
	const project = path.resolve(import.meta.dirname, '../..');
	const root = process.env.BANK131_PACKAGE_DIR ?? project;
	const copy = mkdtempSync(path.join(tmpdir(), 'chaos-'));
	for (const part of ['package.json', 'dist']) {
		cpSync(path.join(root, part), path.join(copy, part), { recursive: true });
	}
	symlinkSync(path.join(project, 'node_modules'), path.join(copy, 'node_modules'));
	process.on('exit', () => rmSync(copy, { recursive: true, force: true }));
	return copy;
}

const started = performance.now();
const payoutCount = Number(values.payouts);
const plans = planCampaign(seed, payoutCount, Number(values.batch));
const payouts = new Map(
	plans.flatMap((plan) => plan.payouts.map((payout) => [payout.reference, payout] as const)),
);
process.stderr.write(
	`seed ${seed}, profile ${profile}: ${payouts.size} payouts in ${plans.length} batches\n`,
);

const packageDir = copyPackage();
const faultInjector = new FaultInjector(seed);
const enginePool = new EnginePool(Number(values.engines), packageDir, CAPACITY);
const webhookReceiver = await WebhookReceiver.start(packageDir);
const urls = [0, 1].map((bank) => `http://127.0.0.1:${webhookReceiver.port}/${bank}`);
const sandboxSeed = new SeededRandom(seed).int(1, 1e6);
const banks = await startBanks(faultInjector, payouts, sandboxSeed, urls, profile);
const checker = new InvariantChecker(banks, payouts);
const campaign = new Campaign(seed, banks, enginePool, checker, faultInjector, plans);
webhookReceiver.open(
	{
		seed,
		credentials: banks.map((_, bank) => campaign.credentials(bank, 'v2', 'trigger')),
		events: ['ready_to_confirm', 'payment_finished', 'payment_refunded'],
	},
	(received) => checker.checkWebhook(received),
);

let killCount = 0;
const seconds = () => (performance.now() - started) / 1000;
const progressLine = () =>
	`${Math.round(seconds())} s  ${campaign.counts.payoutsDone}/${payouts.size} payouts, ${banks.reduce((sum, { requests }) => sum + requests, 0)} requests, ${[...faultInjector.injectedCounts.values()].reduce((a, b) => a + b, 0)} faults, ${killCount} kills, ${checker.violations.length} violations`;
const isTerminal = process.stderr.isTTY;
const progressTimer = setInterval(
	() => process.stderr.write(isTerminal ? `\r\x1b[K${progressLine()}` : `${progressLine()}\n`),
	isTerminal ? 500 : 10_000,
);
let shownCount = 0;
const violationTimer = setInterval(() => {
	if (!values.verbose) return;
	for (const { kind, execution, payout, description } of checker.violations.slice(shownCount))
		process.stderr.write(`\n${kind} [${execution}] ${payout?.reference ?? ''}: ${description}\n`);
	shownCount = checker.violations.length;
}, 1000);
const drainTimer = setInterval(() => banks.forEach((bank) => bank.drain()), 500);

/** Kills an engine process with SIGKILL about 14 times per campaign, at most once per 250 payouts. */
async function killPeriodically(isOver: () => boolean): Promise<void> {
	const random = new SeededRandom(seed, 'kills');
	const every = Math.max(payoutCount / 14, 250);
	for (let next = every * random.next(); !isOver(); next += every * (0.5 + random.next())) {
		while (campaign.counts.payoutsDone < next && !isOver()) await sleep(20);
		await sleep(random.int(0, 300));
		if (!isOver() && (await enginePool.killBusiest()) > 0) killCount++;
	}
}

const sleep = (ms: number) => new Promise<void>((later) => setTimeout(later, ms));

let isOver = false;
const killing = killPeriodically(() => isOver);
const remainingPlans = [...plans];
const worker = async () => {
	for (let plan = remainingPlans.shift(); plan; plan = remainingPlans.shift())
		await campaign.runBatch(plan);
};
await Promise.all(Array.from({ length: CONCURRENT_BATCHES }, worker));
isOver = true;
await killing;

const sessionsRead = await resolveUnknown(seed, banks, checker, campaign, faultInjector);
await webhookReceiver.flush();
checker.checkFinal();
clearInterval(progressTimer);
clearInterval(violationTimer);
clearInterval(drainTimer);

const result: Result = {
	seed,
	profile,
	payouts: payouts.size,
	batches: plans.length,
	killCount,
	seconds: seconds(),
	banks,
	faultInjector,
	checker,
	campaign,
	sessionsRead,
};
process.stdout.write(`${isTerminal ? '\r\x1b[K' : ''}${formatSummary(result)}\n`);
if (checker.violations.length > 0) {
	process.stdout.write(`${formatViolations(result, values.verbose)}\n`);
	process.stdout.write(
		`\nrepeat: npm run test:chaos -- --payouts ${payoutCount} --seed ${seed} --profile ${profile}\n`,
	);
}
process.stdout.write(`\n${formatVerdict(result)}\n`);
enginePool.stop();
webhookReceiver.stop();
await Promise.all(banks.map(({ sandbox }) => sandbox.stop()));
process.exit(checker.violations.length > 0 ? 1 : 0);
