import { createPrivateKey } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { createBank } from './bank/bank.mts';
import { BoundedLog } from './lib/boundedLog.mts';
import { FaultRegistry } from './config/faults.mts';
import { runSessionAction } from './http/sessionActions.mts';
import { EventFeed } from './lib/eventFeed.mts';
import { setProfile, type SandboxContext } from './http/sandboxContext.mts';
import { createServer } from './http/server.mts';
import { processKeys, signText, type SandboxKeys } from './protocol/keys.mts';
import type { Sandbox, SandboxOptions } from './sandboxTypes.mts';
import { settingsOfProfile } from './config/profiles.mts';
import { changeSettings, defaultSettings, type Settings } from './config/settings.mts';
import { readSandboxState } from './http/sandboxState.mts';
import { Timers } from './lib/timers.mts';
import { webhookBody } from './webhooks/webhookBody.mts';

export type { Sandbox, SandboxAction, SandboxOptions } from './sandboxTypes.mts';
export type { ArmedFault, Fault, FaultMatch } from './config/faults.mts';
export type { RequestRecord } from './http/requestRecord.mts';
export type { LedgerEntry, LedgerFilter } from './store/ledger.mts';
export type { ScenarioRule, TaxpayerState } from './config/scenarioTable.mts';
export type { Payment, Payout, Session } from './store/model.mts';
export type { Settings } from './config/settings.mts';
export { profiles, profilesOf, settingsOfProfile, type Profile } from './config/profiles.mts';
export type { SandboxState } from './http/sandboxState.mts';
export type { WebhookDelivery } from './webhooks/webhookSender.mts';
export { fingerprint } from './lib/fingerprint.mts';
export {
	generateKeyPair,
	processKeys,
	signText,
	verifySignature,
	type SandboxKeys,
} from './protocol/keys.mts';

/** 100 million roubles on each account, in minor units. */
const defaultBalance = 100_000_000_00;

/** Starts a sandbox; resolves when it listens. Throws on unknown settings. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
	const {
		port = 0,
		host = '127.0.0.1',
		project = 'sandbox',
		keys = processKeys(),
		partnerPublicKey = keys.partner.publicKey,
		balance: startBalance = defaultBalance,
		seed = 131,
		profile = 'standard',
		clock,
		...change
	} = options;
	const settings: Settings = { ...defaultSettings };
	changeSettings(settings, { ...settingsOfProfile(profile), ...change });
	const faults = new FaultRegistry(seed);
	const feed = new EventFeed();
	const signers = {
		current: createPrivateKey(keys.bank.privateKey),
		next: createPrivateKey(keys.bankNext.privateKey),
	};
	const openBank = (url: string) =>
		createBank({ settings, startBalance, clock, seed, url, faults, feed, signers });
	const context: SandboxContext = {
		bank: openBank(''),
		partner: { project, publicKey: partnerPublicKey },
		settings,
		profile,
		faults,
		feed,
		requests: new BoundedLog(() => settings.logSize),
		inFlight: 0,
		timers: new Timers(),
		url: '',
		keys: {
			bank: keys.bank.publicKey,
			bankNext: keys.bankNext.publicKey,
			partner: partnerPublicKey,
		},
		reset() {
			closeBank(context);
			context.faults.clear();
			context.requests = new BoundedLog(() => settings.logSize);
			context.bank = openBank(context.url);
			feed.publish('reset', undefined);
		},
	};
	const app = createServer(context);
	await app.listen({ port, host });
	const { port: used } = app.server.address() as AddressInfo;
	context.url = `http://${host.includes(':') ? `[${host}]` : host}:${used}`;
	context.bank.url = context.url;
	return createSandbox(context, app, keys, options.partnerPublicKey === undefined);
}

function closeBank({ bank }: SandboxContext): void {
	bank.timers.clear();
	bank.webhooks.stop();
}

async function waitUntilIdle(context: SandboxContext): Promise<void> {
	while (context.bank.timers.isBusy || context.bank.webhooks.isBusy) {
		await new Promise((resolve) => setTimeout(resolve, 2));
	}
}

function createSandbox(
	context: SandboxContext,
	app: FastifyInstance,
	keys: SandboxKeys,
	hasPartnerPrivateKey: boolean,
): Sandbox {
	const privateKeys = { current: keys.bank.privateKey, next: keys.bankNext.privateKey };
	const buildWebhook: Sandbox['buildWebhook'] = (type, sessionId, version) => {
		const session = context.bank.sessions.get(sessionId);
		return webhookBody(type, session, version ?? session.version, context.bank.settings);
	};
	return {
		url: context.url,
		project: context.partner.project,
		partnerPrivateKey: hasPartnerPrivateKey ? keys.partner.privateKey : '',
		partnerPublicKey: context.partner.publicKey,
		bankPublicKey: keys.bank.publicKey,
		bankPublicKeyNext: keys.bankNext.publicKey,
		settings: context.settings,
		faults: context.faults,
		get sessions() {
			return context.bank.sessions;
		},
		get ledger() {
			return context.bank.ledger;
		},
		get tokens() {
			return context.bank.tokens;
		},
		get scenarios() {
			return context.bank.scenarios;
		},
		get requests() {
			return context.requests.entries;
		},
		get webhooks() {
			return context.bank.webhooks.log.entries;
		},
		set: (change) => changeSettings(context.settings, change),
		setProfile: (names) => setProfile(context, names),
		state: () => readSandboxState(context),
		moneyMoved: () => context.bank.ledger.moneyMoved(),
		runAction: (sessionId, action, parameters) =>
			void runSessionAction(context.bank, sessionId, action, parameters),
		resendWebhook: (id) => void context.bank.webhooks.resend(id),
		signWebhook: (body, which = 'current') => signText(body, privateKeys[which]),
		buildWebhook,
		sendWebhook: (type, sessionId, body) =>
			void context.bank.webhooks.sendBody(type, sessionId, body ?? buildWebhook(type, sessionId)),
		idle: () => waitUntilIdle(context),
		reset: () => context.reset(),
		async stop() {
			closeBank(context);
			context.timers.clear();
			app.server.closeAllConnections();
			await app.close();
		},
	};
}
