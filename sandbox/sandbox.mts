import { createPrivateKey } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { createBank } from './bank/bank.mts';
import { BoundedLog } from './lib/boundedLog.mts';
import { FaultRegistry } from './config/faults.mts';
import { act } from './http/sessionActions.mts';
import { EventFeed } from './lib/eventFeed.mts';
import type { House } from './http/sandboxContext.mts';
import { createServer } from './http/server.mts';
import { processKeys, signText, type SandboxKeys } from './protocol/keys.mts';
import type { Sandbox, SandboxOptions } from './sandboxTypes.mts';
import { changeSettings, defaultSettings, type Settings } from './config/settings.mts';
import { readState } from './http/sandboxState.mts';
import { Timers } from './lib/timers.mts';
import { webhookBody } from './webhooks/webhookBody.mts';

export type { Sandbox, SandboxAction, SandboxOptions } from './sandboxTypes.mts';
export type { ArmedFault, Fault, FaultMatch } from './config/faults.mts';
export type { RequestRecord } from './http/requestRecord.mts';
export type { LedgerEntry, LedgerFilter } from './store/ledger.mts';
export type { ScenarioRule, TaxpayerState } from './config/scenarioTable.mts';
export type { Payment, Payout, Session } from './store/model.mts';
export type { Settings } from './config/settings.mts';
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

/** 100 million roubles on each account. */
const defaultBalance = 100_000_000_00;

/** Starts the bank and answers once it listens. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
	const {
		port = 0,
		host = '127.0.0.1',
		project = 'sandbox',
		keys = processKeys(),
		partnerPublicKey = keys.partner.publicKey,
		balance: startBalance = defaultBalance,
		seed = 131,
		...change
	} = options;
	const settings: Settings = { ...defaultSettings };
	changeSettings(settings, change);
	const faults = new FaultRegistry(seed);
	const feed = new EventFeed();
	const signers = {
		current: createPrivateKey(keys.bank.privateKey),
		next: createPrivateKey(keys.bankNext.privateKey),
	};
	const open = (url: string) => createBank({ settings, startBalance, url, faults, feed, signers });
	const house: House = {
		bank: open(''),
		partner: { project, publicKey: partnerPublicKey },
		settings,
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
			closeBank(house);
			house.faults.clear();
			house.requests = new BoundedLog(() => settings.logSize);
			house.bank = open(house.url);
			feed.publish('reset', undefined);
		},
	};
	const app = createServer(house);
	await app.listen({ port, host });
	const { port: used } = app.server.address() as AddressInfo;
	house.url = `http://${host.includes(':') ? `[${host}]` : host}:${used}`;
	house.bank.url = house.url;
	return running(house, app, keys, options.partnerPublicKey === undefined);
}

function closeBank({ bank }: House): void {
	bank.timers.clear();
	bank.webhooks.stop();
}

async function idle(house: House, timeoutMs: number): Promise<void> {
	const end = Date.now() + timeoutMs;
	while (house.bank.timers.isBusy || house.bank.webhooks.isBusy) {
		if (Date.now() > end) throw new Error(`The sandbox is still busy after ${timeoutMs} ms`);
		await new Promise((later) => setTimeout(later, 2));
	}
}

function running(
	house: House,
	app: FastifyInstance,
	keys: SandboxKeys,
	madePartner: boolean,
): Sandbox {
	const signing = { current: keys.bank.privateKey, next: keys.bankNext.privateKey };
	const text: Sandbox['buildWebhook'] = (type, sessionId, version) => {
		const session = house.bank.sessions.get(sessionId);
		return webhookBody(type, session, version ?? session.version);
	};
	return {
		url: house.url,
		project: house.partner.project,
		partnerPrivateKey: madePartner ? keys.partner.privateKey : '',
		partnerPublicKey: house.partner.publicKey,
		bankPublicKey: keys.bank.publicKey,
		bankPublicKeyNext: keys.bankNext.publicKey,
		settings: house.settings,
		faults: house.faults,
		get sessions() {
			return house.bank.sessions;
		},
		get ledger() {
			return house.bank.ledger;
		},
		get tokens() {
			return house.bank.tokens;
		},
		get scenarios() {
			return house.bank.scenarios;
		},
		get requests() {
			return house.requests.entries;
		},
		get webhooks() {
			return house.bank.webhooks.log.entries;
		},
		set: (change) => changeSettings(house.settings, change),
		state: () => readState(house),
		moneyMoved: () => house.bank.ledger.moneyMoved(),
		act: (sessionId, action, wish) => void act(house.bank, sessionId, action, wish),
		resendWebhook: (id) => void house.bank.webhooks.resend(id),
		signWebhook: (body, which = 'current') => signText(body, signing[which]),
		buildWebhook: text,
		sendWebhook: (type, sessionId, body) =>
			void house.bank.webhooks.sendBody(type, sessionId, body ?? text(type, sessionId)),
		idle: (timeoutMs = 10_000) => idle(house, timeoutMs),
		reset: () => house.reset(),
		async stop() {
			closeBank(house);
			house.timers.clear();
			app.server.closeAllConnections();
			await app.close();
		},
	};
}
