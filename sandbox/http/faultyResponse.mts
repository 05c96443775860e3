// Real socket behaviour of the faults: what a proxy, a cut line or a hung bank does to an answer.
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

/** Declares the whole length, sends half, hangs up. */
function sendHalfBody(reply: FastifyReply, { status, body }: ApiResponse): void {
	const fullBody = Buffer.from(body);
	reply.hijack();
	const headers = { 'content-type': 'application/json', 'content-length': fullBody.length };
	reply.raw.writeHead(status, headers);
	reply.raw.write(fullBody.subarray(0, Math.floor(fullBody.length / 2)), () => {
		reply.raw.socket?.destroy();
	});
}

/** Cut inside the JSON, yet a complete HTTP answer: only parsing finds out. */
function sendGarbage(reply: FastifyReply, fault: ArmedFault, { status, body }: ApiResponse): void {
	const garbage = fault.body ?? `${body.slice(0, Math.floor(body.length / 2))}\u0000<!--`;
	void reply
		.code(fault.status ?? status)
		.headers({ 'content-type': 'application/json', ...fault.headers })
		.send(garbage);
}

export function sendResponse(reply: FastifyReply, { status, body }: ApiResponse): void {
	void reply.code(status).header('content-type', 'application/json; charset=utf-8').send(body);
}

/** "Before" the bank booked anything. True when the request must not be looked at any more. */
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

/** "After" the bank did what was asked: the answer gets lost or replaced. */
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
