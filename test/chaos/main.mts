// npm run test:chaos -- --payouts 20000 --seed any [--batch 250] [--engines 2] [--verbose]
//
// Thousands of payouts through the built node in n8n's real engine, against two sandbox banks over HTTP, while requests,
// answers, webhooks and whole processes get lost. The ledgers of the banks are the judge.
import { cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';

import { openBanks } from './bank/observedBank.mts';
import { Campaign } from './campaign/campaign.mts';
import { Dice } from './lib/seededRandom.mts';
import { Engines } from './processes/enginePool.mts';
import { Judge } from './checks/invariantChecker.mts';
import { planCampaign } from './plan/planCampaign.mts';
import { Receiver } from './processes/webhookReceiver.mts';
import { accusations, summary, verdict, type Result } from './report.mts';
import { resolveUnknown } from './campaign/resolveUnknown.mts';
import { Sky } from './bank/faultInjector.mts';

const { values } = parseArgs({
	options: {
		payouts: { type: 'string', default: '2000' },
		seed: { type: 'string', default: 'any' },
		/** Largest batch. */
		batch: { type: 'string', default: '250' },
		/** Processes that run n8n's engine. */
		engines: { type: 'string', default: '2' },
		verbose: { type: 'boolean', default: false },
	},
});
const seed = values.seed === 'any' ? String(Math.floor(Math.random() * 1e6)) : values.seed;
/** Requests that one engine may have in flight at once: more only make each of them slower. */
const CAPACITY = 120;
/** Batches that are open at once; most of their time they wait for the bank. */
const OPEN_BATCHES = 24;

/** Its own copy of the build, so that a build in the middle changes nothing. */
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
const wanted = Number(values.payouts);
const plans = planCampaign(seed, wanted, Number(values.batch));
const payouts = new Map(
	plans.flatMap((plan) => plan.payouts.map((payout) => [payout.reference, payout] as const)),
);
process.stderr.write(`seed ${seed}: ${payouts.size} payouts in ${plans.length} batches\n`);

const packageDir = copyPackage();
const sky = new Sky(seed);
const engines = new Engines(Number(values.engines), packageDir, CAPACITY);
const receiver = await Receiver.start(packageDir);
const urls = [0, 1].map((bank) => `http://127.0.0.1:${receiver.port}/${bank}`);
const banks = await openBanks(sky, payouts, new Dice(seed).int(1, 1e6), urls);
const judge = new Judge(banks, payouts);
const campaign = new Campaign(seed, banks, engines, judge, sky, plans);
receiver.open(
	{
		seed,
		credentials: banks.map((_, bank) => campaign.credentials(bank, 'v2', 'trigger')),
		events: ['ready_to_confirm', 'payment_finished', 'payment_refunded'],
	},
	(received) => judge.hearWebhook(received),
);

let kills = 0;
const seconds = () => (performance.now() - started) / 1000;
const said = () =>
	`${Math.round(seconds())} s  ${campaign.counts.payoutsDone}/${payouts.size} payouts, ${banks.reduce((sum, { requests }) => sum + requests, 0)} requests, ${[...sky.struck.values()].reduce((a, b) => a + b, 0)} faults, ${kills} kills, ${judge.violations.length} violations`;
const isTerminal = process.stderr.isTTY;
const progress = setInterval(
	() => process.stderr.write(isTerminal ? `\r\x1b[K${said()}` : `${said()}\n`),
	isTerminal ? 500 : 10_000,
);
let shown = 0;
const tell = setInterval(() => {
	if (!values.verbose) return;
	for (const { crime, execution, payout, what } of judge.violations.slice(shown))
		process.stderr.write(`\n${crime} [${execution}] ${payout?.reference ?? ''}: ${what}\n`);
	shown = judge.violations.length;
}, 1000);
const drain = setInterval(() => banks.forEach((bank) => bank.drain()), 500);

/** kill -9 after so many payouts, give or take. */
async function killNowAndThen(isOver: () => boolean): Promise<void> {
	const dice = new Dice(seed, 'kills');
	const every = Math.max(wanted / 14, 250);
	for (let next = every * dice.next(); !isOver(); next += every * (0.5 + dice.next())) {
		while (campaign.counts.payoutsDone < next && !isOver()) await pause(20);
		await pause(dice.int(0, 300));
		if (!isOver() && (await engines.killOne()) > 0) kills++;
	}
}

const pause = (ms: number) => new Promise<void>((later) => setTimeout(later, ms));

let isOver = false;
const killing = killNowAndThen(() => isOver);
const waiting = [...plans];
const player = async () => {
	for (let plan = waiting.shift(); plan; plan = waiting.shift()) await campaign.play(plan);
};
await Promise.all(Array.from({ length: OPEN_BATCHES }, player));
isOver = true;
await killing;

const asked = await resolveUnknown(seed, banks, judge, campaign, sky);
await receiver.flush();
judge.finish();
clearInterval(progress);
clearInterval(tell);
clearInterval(drain);

const result: Result = {
	seed,
	payouts: payouts.size,
	batches: plans.length,
	kills,
	seconds: seconds(),
	banks,
	sky,
	judge,
	campaign,
	asked,
};
process.stdout.write(`${isTerminal ? '\r\x1b[K' : ''}${summary(result)}\n`);
if (judge.violations.length > 0) {
	process.stdout.write(`${accusations(result, values.verbose)}\n`);
	process.stdout.write(`\nrepeat: npm run test:chaos -- --payouts ${wanted} --seed ${seed}\n`);
}
process.stdout.write(`\n${verdict(result)}\n`);
engines.stop();
receiver.stop();
await Promise.all(banks.map(({ sandbox }) => sandbox.stop()));
process.exit(judge.violations.length > 0 ? 1 : 0);
