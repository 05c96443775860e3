// The control API under /sandbox/api: unsigned, for tests, the demo and the page.
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { BankError, invalidRequest } from '../protocol/bankError.mts';
import type { Fault } from '../config/faults.mts';
import { isObject, type JsonObject } from '../lib/json.mts';
import { requiredText } from '../wire/fields.mts';
import type { ScenarioRule, TaxpayerState } from '../config/scenarioTable.mts';
import type { Session } from '../store/model.mts';
import { isEmpty, operationState } from '../store/operationState.mts';
import { renderSession } from '../wire/sessionResponse.mts';
import { profiles } from '../config/profiles.mts';
import { changeSettings } from '../config/settings.mts';
import { readSandboxState } from './sandboxState.mts';
import { runSessionAction } from './sessionActions.mts';
import { parseJsonBody } from '../lib/json.mts';
import { listTestValues } from './testValues.mts';
import { setProfile, type SandboxContext } from './sandboxContext.mts';

function parseBody(request: FastifyRequest): JsonObject {
	const parsed = Buffer.isBuffer(request.body) ? parseJsonBody(request.body) : {};
	if (!isObject(parsed)) throw invalidRequest('the body must be a JSON object');
	return parsed;
}

function parseLimit(request: FastifyRequest, fallback: number): number {
	const { limit } = request.query as { limit?: string };
	return limit === undefined ? fallback : Math.max(0, Number(limit) || 0);
}

/** The session with v2 names, and what only the sandbox knows about it and its first operation. */
function sessionDetails(session: Session): JsonObject {
	const [payout] = session.payouts;
	const [payment] = session.payments;
	const operation = payout ?? payment;
	return {
		...renderSession(session, 2),
		version: session.version,
		account: session.account,
		outcome: operation?.outcome.name,
		state: operation && operationState(session, operation),
		idempotency_key: operation?.idempotencyKey,
		destination: payout?.destination?.masked ?? payment?.source.masked,
		method: payout?.destination?.method ?? payment?.source.method,
		draft_metadata: session.draft.metadata,
	};
}

/** `empty=true` selects the sessions in which nothing was started, `empty=false` the others. */
function parseEmptyFilter(request: FastifyRequest): (session: Session) => boolean {
	const { empty } = request.query as { empty?: string };
	return empty === undefined ? () => true : (session) => String(isEmpty(session)) === empty;
}

/** A pattern is written as text between slashes. */
function parseFault(body: JsonObject): Fault {
	const fault = body as unknown as Fault;
	const path = fault.match?.path;
	const [, pattern] = typeof path === 'string' ? (/^\/(.+)\/$/.exec(path) ?? []) : [];
	if (typeof fault.kind !== 'string') throw invalidRequest('kind: text is required');
	if (pattern === undefined) return fault;
	return { ...fault, match: { ...fault.match, path: new RegExp(pattern) } };
}

/** JSON has no infinity and no patterns: `left` is null without limit, `path` is text. */
const faultDetails = (fault: Fault & { left: number }) => ({
	...fault,
	match: fault.match && { ...fault.match, path: fault.match.path?.toString() },
	left: Number.isFinite(fault.left) ? fault.left : null,
});

function addReadRoutes(app: FastifyInstance, context: SandboxContext): void {
	app.get('/sandbox/api/state', () => ({
		...readSandboxState(context),
		faults: context.faults.list().map(faultDetails),
	}));
	app.get('/sandbox/api/ledger', (request) => {
		const { entries } = context.bank.ledger;
		const { after } = request.query as { after?: string };
		const from =
			after === undefined ? Math.max(0, entries.length - parseLimit(request, 1e9)) : +after;
		return { entries: entries.slice(from), moneyMoved: context.bank.ledger.moneyMoved() };
	});
	app.get('/sandbox/api/requests', (request) => context.requests.recent(parseLimit(request, 100)));
	app.get('/sandbox/api/webhooks', (request) =>
		context.bank.webhooks.log.recent(parseLimit(request, 100)),
	);
	app.get('/sandbox/api/sessions', (request) =>
		context.bank.sessions
			.recent(parseLimit(request, 100), parseEmptyFilter(request))
			.map(sessionDetails),
	);
	app.get('/sandbox/api/sessions/:id', (request) =>
		sessionDetails(context.bank.sessions.get((request.params as { id: string }).id)),
	);
	app.get('/sandbox/api/faults', () => context.faults.list().map(faultDetails));
	app.get('/sandbox/api/scenarios', listTestValues);
	app.get('/sandbox/api/keys', () => context.keys);
	app.get('/sandbox/api/profiles', () =>
		Object.entries(profiles).map(([name, { meaning }]) => ({ name, meaning })),
	);
}

function addFaultRoutes(app: FastifyInstance, context: SandboxContext): void {
	app.post('/sandbox/api/faults', (request) =>
		faultDetails(context.faults.add(parseFault(parseBody(request)))),
	);
	app.delete('/sandbox/api/faults', () => {
		context.faults.clear();
		return { removed: true };
	});
	app.delete('/sandbox/api/faults/:id', (request) => ({
		removed: context.faults.remove((request.params as { id: string }).id),
	}));
}

function addScenarioRoutes(app: FastifyInstance, context: SandboxContext): void {
	app.post('/sandbox/api/scenarios', (request) => {
		context.bank.scenarios.add(parseBody(request) as unknown as ScenarioRule);
		return { added: true };
	});
	app.post('/sandbox/api/scenarios/reset', () => {
		context.bank.scenarios.reset();
		return { reset: true };
	});
	app.delete('/sandbox/api/scenarios', () => {
		context.bank.scenarios.clear();
		return { cleared: true };
	});
	app.post('/sandbox/api/taxpayers', (request) => {
		const body = parseBody(request);
		const state = requiredText(body, 'state') as TaxpayerState;
		context.bank.scenarios.setTaxpayer(requiredText(body, 'tax_reference'), state);
		return { set: true };
	});
}

function addActionRoutes(app: FastifyInstance, context: SandboxContext): void {
	app.post('/sandbox/api/settings', (request) => {
		changeSettings(context.settings, parseBody(request));
		return context.settings;
	});
	app.post('/sandbox/api/profile', (request) => {
		setProfile(context, requiredText(parseBody(request), 'name'));
		return context.settings;
	});
	app.post('/sandbox/api/sessions/:id/:action', (request) => {
		const { id, action } = request.params as { id: string; action: string };
		return sessionDetails(runSessionAction(context.bank, id, action, parseBody(request)));
	});
	app.post('/sandbox/api/webhooks/:id/resend', (request) => {
		const delivery = context.bank.webhooks.resend((request.params as { id: string }).id);
		if (delivery === undefined)
			throw invalidRequest('there is no such webhook, or nobody to send it to');
		return delivery;
	});
	/** Converts a card number to a hash, as the card widget does in the browser. */
	app.post('/sandbox/api/cards', (request) => ({
		number_hash: context.bank.tokens.storeCard(requiredText(parseBody(request), 'number')),
	}));
	app.post('/sandbox/api/reset', () => {
		context.reset();
		return { reset: true };
	});
}

/** Adds the control API. Errors have the HTTP status 400. */
export function addControlRoutes(app: FastifyInstance, context: SandboxContext): void {
	app.setErrorHandler((error, _request, reply) => {
		const description = error instanceof Error ? error.message : String(error);
		const code = error instanceof BankError ? error.code : 'sandbox_error';
		void reply.code(400).send({ error: { code, description } });
	});
	addReadRoutes(app, context);
	addFaultRoutes(app, context);
	addScenarioRoutes(app, context);
	addActionRoutes(app, context);
}
