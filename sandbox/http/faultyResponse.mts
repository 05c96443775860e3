// Faults on the socket: effects of a proxy, a lost connection or a bank that does not respond.
import type { FastifyReply } from 'fastify';
import type { ArmedFault } from '../config/faults.mts';
import type { Timers } from '../lib/timers.mts';
import type { ApiResponse } from './apiGateway.mts';

const PROXY_ERROR_PAGE =
	'<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n' +
	'<center><h1>502 Bad Gateway</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n';

const isBeforeProcessing = ({ kind }: ArmedFault) => kind.endsWith('Before');

function resetConnection(reply: FastifyReply): void {
	reply.hijack();
	reply.raw.socket?.resetAndDestroy();
}

function sendErrorResponse(reply: FastifyReply, fault: ArmedFault): void {
	const { status = 502, headers = {}, body = PROXY_ERROR_PAGE } = fault;
	const type = body.trimStart().startsWith('{') ? 'application/json' : 'text/html';
	void reply
		.code(status)
		.headers({ 'content-type': type, ...headers })
		.send(body);
}

/** Declares the whole length, sends half of the body and closes the connection. */
function sendHalfBody(reply: FastifyReply, { status, body }: ApiResponse): void {
	const fullBody = Buffer.from(body);
	reply.hijack();
	const headers = { 'content-type': 'application/json', 'content-length': fullBody.length };
	reply.raw.writeHead(status, headers);
	reply.raw.write(fullBody.subarray(0, Math.floor(fullBody.length / 2)), () => {
		reply.raw.socket?.destroy();
	});
}

/** Sends the headers at once and then one byte per pause, so that the connection is never idle for long. */
async function sendSlowly(
	reply: FastifyReply,
	pauseMs: number,
	{ status, body }: ApiResponse,
	timers: Timers,
): Promise<void> {
	reply.hijack();
	reply.raw.writeHead(status, { 'content-type': 'application/json' });
	for (const byte of Buffer.from(body)) {
		if (reply.raw.destroyed) return;
		reply.raw.write(Buffer.of(byte));
		await timers.wait(pauseMs);
	}
	reply.raw.end();
}

/** A complete HTTP response with cut JSON: only parsing detects it. */
function sendGarbage(reply: FastifyReply, fault: ArmedFault, { status, body }: ApiResponse): void {
	const garbage = fault.body ?? `${body.slice(0, Math.floor(body.length / 2))}\u0000<!--`;
	void reply
		.code(fault.status ?? status)
		.headers({ 'content-type': 'application/json', ...fault.headers })
		.send(garbage);
}

/** Sends a response unchanged. */
export function sendResponse(reply: FastifyReply, { status, body }: ApiResponse): void {
	void reply.code(status).header('content-type', 'application/json; charset=utf-8').send(body);
}

/**
 * Applies a fault before the bank processes the request. `true` if the request must not be processed.
 */
export async function applyFaultBefore(
	reply: FastifyReply,
	fault: ArmedFault | undefined,
	timers: Timers,
): Promise<boolean> {
	if (fault === undefined) return false;
	if (fault.kind === 'delay') await timers.wait(fault.ms ?? 1_000);
	if (!isBeforeProcessing(fault)) return false;
	if (fault.kind === 'resetBefore') resetConnection(reply);
	if (fault.kind === 'errorBefore') sendErrorResponse(reply, fault);
	if (fault.kind === 'timeoutBefore') {
		if (fault.ms === undefined) reply.hijack();
		else {
			await timers.wait(fault.ms);
			sendErrorResponse(reply, { ...fault, status: fault.status ?? 504 });
		}
	}
	return true;
}

/**
 * Applies a fault after processing: suppresses or replaces the response. Without a fault, sends it
 * unchanged.
 */
export async function sendWithFault(
	reply: FastifyReply,
	fault: ArmedFault | undefined,
	response: ApiResponse,
	timers: Timers,
): Promise<void> {
	switch (fault?.kind) {
		case 'resetAfter':
			return resetConnection(reply);
		case 'errorAfter':
			return sendErrorResponse(reply, fault);
		case 'garbage':
			return sendGarbage(reply, fault, response);
		case 'halfBody':
			return sendHalfBody(reply, response);
		case 'slowBody':
			return await sendSlowly(reply, fault.ms ?? 1_000, response, timers);
		case 'timeoutAfter':
			if (fault.ms === undefined) {
				reply.hijack();
				return;
			}
			await timers.wait(fault.ms);
			return sendResponse(reply, response);
		default:
			return sendResponse(reply, response);
	}
}
