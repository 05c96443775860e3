// The sandbox's own API under /sandbox/api: unsigned, for tests, the demo and the page.
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { BankError, invalidRequest } from '../protocol/bankError.mts';
import type { Fault } from '../config/faults.mts';
import { isObject, type JsonObject } from '../lib/json.mts';
import { requiredText } from '../wire/fields.mts';
import type { ScenarioRule, TaxpayerState } from '../config/scenarioTable.mts';
import type { Session } from '../store/model.mts';
import { renderSession } from '../wire/sessionResponse.mts';
import { changeSettings } from '../config/settings.mts';
import { readState } from './sandboxState.mts';
import { act } from './sessionActions.mts';
import { parseJsonBody } from '../lib/json.mts';
import type { House } from './sandboxContext.mts';

function bodyOf(request: FastifyRequest): JsonObject {
	const parsed = Buffer.isBuffer(request.body) ? parseJsonBody(request.body) : {};
	if (!isObject(parsed)) throw invalidRequest('the body must be a JSON object');
	return parsed;
}

function limitOf(request: FastifyRequest, otherwise: number): number {
	const { limit } = request.query as { limit?: string };
	return limit === undefined ? otherwise : Math.max(0, Number(limit) || 0);
}

/** v2 names whatever opened it, and what only the sandbox knows. */
const shownSession = (session: Session): JsonObject => ({
	...renderSession(session, 2),
	version: session.version,
	account: session.account,
	outcome: session.payouts[0]?.outcome.name ?? session.payments[0]?.outcome.name,
	idempotency_key: session.payouts[0]?.idempotencyKey ?? session.payments[0]?.idempotencyKey,
	destination: session.payouts[0]?.destination?.masked ?? session.payments[0]?.source.masked,
	method: session.payouts[0]?.destination?.method ?? session.payments[0]?.source.method,
});

/** Patterns travel as text between slashes. */
function faultOf(body: JsonObject): Fault {
	const fault = body as unknown as Fault;
	const path = fault.match?.path;
	const [, pattern] = typeof path === 'string' ? (/^\/(.+)\/$/.exec(path) ?? []) : [];
	if (typeof fault.kind !== 'string') throw invalidRequest('kind: text is required');
	if (pattern === undefined) return fault;
	return { ...fault, match: { ...fault.match, path: new RegExp(pattern) } };
}

/** Numbers such as "no end" have no JSON. */
const shownFault = (fault: Fault & { left: number }) => ({
	...fault,
	match: fault.match && { ...fault.match, path: fault.match.path?.toString() },
	left: Number.isFinite(fault.left) ? fault.left : null,
});

function addReads(app: FastifyInstance, house: House): void {
	app.get('/sandbox/api/state', () => ({
		...readState(house),
		faults: house.faults.list().map(shownFault),
	}));
	app.get('/sandbox/api/ledger', (request) => {
		const { entries } = house.bank.ledger;
		const { after } = request.query as { after?: string };
		const from = after === undefined ? Math.max(0, entries.length - limitOf(request, 1e9)) : +after;
		return { entries: entries.slice(from), moneyMoved: house.bank.ledger.moneyMoved() };
	});
	app.get('/sandbox/api/requests', (request) => house.requests.recent(limitOf(request, 100)));
	app.get('/sandbox/api/webhooks', (request) =>
		house.bank.webhooks.log.recent(limitOf(request, 100)),
	);
	app.get('/sandbox/api/sessions', (request) =>
		house.bank.sessions.recent(limitOf(request, 100)).map(shownSession),
	);
	app.get('/sandbox/api/sessions/:id', (request) =>
		shownSession(house.bank.sessions.get((request.params as { id: string }).id)),
	);
	app.get('/sandbox/api/faults', () => house.faults.list().map(shownFault));
	app.get('/sandbox/api/keys', () => house.keys);
}

function addFaults(app: FastifyInstance, house: House): void {
	app.post('/sandbox/api/faults', (request) =>
		shownFault(house.faults.add(faultOf(bodyOf(request)))),
	);
	app.delete('/sandbox/api/faults', () => {
		house.faults.clear();
		return { removed: true };
	});
	app.delete('/sandbox/api/faults/:id', (request) => ({
		removed: house.faults.remove((request.params as { id: string }).id),
	}));
}

function addScenarios(app: FastifyInstance, house: House): void {
	app.post('/sandbox/api/scenarios', (request) => {
		house.bank.scenarios.add(bodyOf(request) as unknown as ScenarioRule);
		return { added: true };
	});
	app.post('/sandbox/api/scenarios/reset', () => {
		house.bank.scenarios.reset();
		return { reset: true };
	});
	app.delete('/sandbox/api/scenarios', () => {
		house.bank.scenarios.clear();
		return { cleared: true };
	});
	app.post('/sandbox/api/taxpayers', (request) => {
		const body = bodyOf(request);
		const state = requiredText(body, 'state') as TaxpayerState;
		house.bank.scenarios.setTaxpayer(requiredText(body, 'tax_reference'), state);
		return { set: true };
	});
}

function addActions(app: FastifyInstance, house: House): void {
	app.post('/sandbox/api/settings', (request) => {
		changeSettings(house.settings, bodyOf(request));
		return house.settings;
	});
	app.post('/sandbox/api/sessions/:id/:action', (request) => {
		const { id, action } = request.params as { id: string; action: string };
		return shownSession(act(house.bank, id, action, bodyOf(request)));
	});
	app.post('/sandbox/api/webhooks/:id/resend', (request) => {
		const sent = house.bank.webhooks.resend((request.params as { id: string }).id);
		if (sent === undefined) throw invalidRequest('there is no such webhook, or nobody to send it to');
		return sent;
	});
	/** What the card widget does in the person's browser: a card number becomes a hash. */
	app.post('/sandbox/api/cards', (request) => ({
		number_hash: house.bank.tokens.storeCard(requiredText(bodyOf(request), 'number')),
	}));
	app.post('/sandbox/api/reset', () => {
		house.reset();
		return { reset: true };
	});
}

export function addControlRoutes(app: FastifyInstance, house: House): void {
	app.setErrorHandler((error, _request, reply) => {
		const description = error instanceof Error ? error.message : String(error);
		const code = error instanceof BankError ? error.code : 'sandbox_error';
		void reply.code(400).send({ error: { code, description } });
	});
	addReads(app, house);
	addFaults(app, house);
	addScenarios(app, house);
	addActions(app, house);
}
