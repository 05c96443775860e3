import type { Socket } from 'node:net';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { valueAt, isObject, textAt } from '../lib/json.mts';
import { bankTime } from '../protocol/bankTime.mts';
import { answerKnock, type Knock } from './apiGateway.mts';
import { parseJsonBody } from '../lib/json.mts';
import { send, sendThrough, strikeBefore } from './faultyResponse.mts';
import type { House } from './sandboxContext.mts';
import { RequestRecord } from './requestRecord.mts';

const header = (request: FastifyRequest, name: string): string | undefined => {
	const value = request.headers[name];
	return typeof value === 'string' ? value : undefined;
};

/** Fastify reads no body of a GET, but reports are asked for by GET with a body (api/14.6). */
async function rawBody(request: FastifyRequest): Promise<Buffer> {
	if (Buffer.isBuffer(request.body)) return request.body;
	const chunks: Buffer[] = [];
	if (request.method === 'GET') for await (const chunk of request.raw) chunks.push(chunk as Buffer);
	return Buffer.concat(chunks);
}

function record(request: FastifyRequest, path: string, parsed: unknown): RequestRecord {
	return Object.assign(new RequestRecord(parsed), {
		at: bankTime(),
		method: request.method,
		path,
		project: header(request, 'x-partner-project'),
		submerchant: header(request, 'x-partner-submerchant'),
		idempotencyKey: header(request, 'x-partner-idempotency-key'),
		sessionId: textAt(parsed, 'session_id'),
	});
}

/** What a fault's `reference` may mean: the key, the customer, the metadata. */
function references({ idempotencyKey }: RequestRecord, parsed: unknown): unknown[] {
	const metadata = isObject(parsed) ? parsed.metadata : undefined;
	const inner = valueAt(metadata, 'reference');
	return [idempotencyKey, valueAt(parsed, 'customer.reference'), metadata, inner];
}

async function serve(house: House, request: FastifyRequest, reply: FastifyReply): Promise<void> {
	const started = arrival(request);
	const { inFlight } = house;
	const body = await rawBody(request);
	const parsed = parseJsonBody(body);
	const path = (request.params as { '*': string })['*'];
	const note = record(request, path, parsed);
	const { sessionId, idempotencyKey } = note;
	const target = { path, sessionId, idempotencyKey, references: references(note, parsed) };
	const fault = house.faults.list().length === 0 ? undefined : house.faults.fireMatching(target, false);
	note.fault = fault?.kind;
	note.inFlight = inFlight;
	note.n = house.requests.total + 1;
	house.requests.push(note);
	const { timers } = house;
	if (!(await strikeBefore(reply, fault, timers))) {
		const knock: Knock = {
			method: request.method,
			path,
			contentType: header(request, 'content-type'),
			signature: header(request, 'x-partner-sign'),
			body,
			record: note,
		};
		const answer = answerKnock(house.bank, house.partner, knock, parsed);
		// The latency is that of the whole answer, the bank's own work included.
		await timers.wait(house.settings.latencyMs - (performance.now() - started));
		note.status = answer.status;
		if (fault === undefined) send(reply, answer);
		else await sendThrough(reply, fault, answer, timers);
	}
	note.ms = Math.round((performance.now() - started) * 10) / 10;
	house.feed.publish('request', note.n);
}

/** When each connection came in, until its first request asks. */
const connected = new WeakMap<Socket, number>();

/**
 * When a request came in, ms. The first of a connection came with it: one that had to wait until the sandbox's only thread
 * had served others is already late, where a bank would have taken it at once.
 */
function arrival({ socket }: FastifyRequest): number {
	const first = connected.get(socket) ?? performance.now();
	connected.delete(socket);
	return first;
}

export function addApiRoutes(app: FastifyInstance, house: House): void {
	app.server.on('connection', (socket) => connected.set(socket, performance.now()));
	app.route({
		method: ['GET', 'POST'],
		url: '/api/*',
		exposeHeadRoute: false,
		// One answer at most: `serve` sends it itself, or lets a fault swallow it.
		handler: async (request, reply) => {
			house.inFlight++;
			try {
				await serve(house, request, reply);
			} finally {
				house.inFlight--;
			}
			return reply;
		},
	});
}
