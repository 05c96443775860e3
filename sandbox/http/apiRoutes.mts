import type { Socket } from 'node:net';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { valueAt, isObject, textAt } from '../lib/json.mts';
import { bankTime } from '../protocol/bankTime.mts';
import { handleApiRequest, type ApiRequest } from './apiGateway.mts';
import { parseJsonBody } from '../lib/json.mts';
import { sendResponse, sendWithFault, applyFaultBefore } from './faultyResponse.mts';
import type { SandboxContext } from './sandboxContext.mts';
import { RequestRecord } from './requestRecord.mts';

const headerValue = (request: FastifyRequest, name: string): string | undefined => {
	const value = request.headers[name];
	return typeof value === 'string' ? value : undefined;
};

/**
 * Fastify does not read the body of a GET, but clients request reports by GET with a body (api/14.6).
 */
async function readRawBody(request: FastifyRequest): Promise<Buffer> {
	if (Buffer.isBuffer(request.body)) return request.body;
	const chunks: Buffer[] = [];
	if (request.method === 'GET') for await (const chunk of request.raw) chunks.push(chunk as Buffer);
	return Buffer.concat(chunks);
}

function createRecord(request: FastifyRequest, path: string, parsed: unknown): RequestRecord {
	return Object.assign(new RequestRecord(parsed), {
		at: bankTime(),
		method: request.method,
		path,
		project: headerValue(request, 'x-partner-project'),
		submerchant: headerValue(request, 'x-partner-submerchant'),
		idempotencyKey: headerValue(request, 'x-partner-idempotency-key'),
		sessionId: textAt(parsed, 'session_id'),
	});
}

/** Values that the `reference` of a fault can match: idempotency key, customer, metadata. */
function references({ idempotencyKey }: RequestRecord, parsed: unknown): unknown[] {
	const metadata = isObject(parsed) ? parsed.metadata : undefined;
	const nestedReference = valueAt(metadata, 'reference');
	return [idempotencyKey, valueAt(parsed, 'customer.reference'), metadata, nestedReference];
}

/** Processes one request: log, fault, gateway, latency, response. */
async function serveApiRequest(
	context: SandboxContext,
	request: FastifyRequest,
	reply: FastifyReply,
): Promise<void> {
	const started = arrivalTime(request);
	const { inFlight } = context;
	const body = await readRawBody(request);
	const parsed = parseJsonBody(body);
	const path = (request.params as { '*': string })['*'];
	const record = createRecord(request, path, parsed);
	const { sessionId, idempotencyKey } = record;
	const target = { path, sessionId, idempotencyKey, references: references(record, parsed) };
	const fault =
		context.faults.list().length === 0 ? undefined : context.faults.fireMatching(target, false);
	record.fault = fault?.kind;
	record.inFlight = inFlight;
	record.n = context.requests.total + 1;
	context.requests.push(record);
	const { timers } = context;
	if (!(await applyFaultBefore(reply, fault, timers))) {
		const apiRequest: ApiRequest = {
			method: request.method,
			path,
			contentType: headerValue(request, 'content-type'),
			signature: headerValue(request, 'x-partner-sign'),
			body,
			record,
		};
		const response = handleApiRequest(context.bank, context.partner, apiRequest, parsed);
		// The latency covers the whole response, processing included.
		await timers.wait(context.settings.latencyMs - (performance.now() - started));
		record.status = response.status;
		if (fault === undefined) sendResponse(reply, response);
		else await sendWithFault(reply, fault, response, timers);
	}
	record.ms = Math.round((performance.now() - started) * 10) / 10;
	context.feed.publish('request', record.n);
}

/** Time of each connection, until its first request arrives, ms. */
const connectedAt = new WeakMap<Socket, number>();

/**
 * Arrival time of a request, ms. The first request of a connection counts from the connection: while
 * the only thread of the sandbox serves others, a request waits, but a real bank would accept it at
 * once.
 */
function arrivalTime({ socket }: FastifyRequest): number {
	const first = connectedAt.get(socket) ?? performance.now();
	connectedAt.delete(socket);
	return first;
}

/** Adds the API of the bank: /api/v1/… and /api/v2/…. */
export function addApiRoutes(app: FastifyInstance, context: SandboxContext): void {
	app.server.on('connection', (socket) => connectedAt.set(socket, performance.now()));
	app.route({
		method: ['GET', 'POST'],
		url: '/api/*',
		exposeHeadRoute: false,
		// `serveApiRequest` sends the response itself, unless a fault suppresses it.
		handler: async (request, reply) => {
			context.inFlight++;
			try {
				await serveApiRequest(context, request, reply);
			} finally {
				context.inFlight--;
			}
			return reply;
		},
	});
}
