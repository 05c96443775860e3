// Real socket behaviour of the faults: what a proxy, a cut line or a hung bank does to an answer.
import type { FastifyReply } from 'fastify';
import type { ArmedFault } from '../config/faults.mts';
import type { Timers } from '../lib/timers.mts';
import type { Answer } from './apiGateway.mts';

const proxyPage =
	'<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n' +
	'<center><h1>502 Bad Gateway</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n';

const isBefore = ({ kind }: ArmedFault) => kind.endsWith('Before');

function reset(reply: FastifyReply): void {
	reply.hijack();
	reply.raw.socket?.resetAndDestroy();
}

function sendError(reply: FastifyReply, fault: ArmedFault): void {
	const { status = 502, headers = {}, body = proxyPage } = fault;
	const type = body.trimStart().startsWith('{') ? 'application/json' : 'text/html';
	void reply
		.code(status)
		.headers({ 'content-type': type, ...headers })
		.send(body);
}

/** Declares the whole length, sends half, hangs up. */
function sendHalf(reply: FastifyReply, { status, body }: Answer): void {
	const whole = Buffer.from(body);
	reply.hijack();
	const headers = { 'content-type': 'application/json', 'content-length': whole.length };
	reply.raw.writeHead(status, headers);
	reply.raw.write(whole.subarray(0, Math.floor(whole.length / 2)), () => {
		reply.raw.socket?.destroy();
	});
}

/** Cut inside the JSON, yet a complete HTTP answer: only parsing finds out. */
function sendGarbage(reply: FastifyReply, fault: ArmedFault, { status, body }: Answer): void {
	const garbage = fault.body ?? `${body.slice(0, Math.floor(body.length / 2))}\u0000<!--`;
	void reply
		.code(fault.status ?? status)
		.headers({ 'content-type': 'application/json', ...fault.headers })
		.send(garbage);
}

export function send(reply: FastifyReply, { status, body }: Answer): void {
	void reply.code(status).header('content-type', 'application/json; charset=utf-8').send(body);
}

/** "Before" the bank booked anything. True when the request must not be looked at any more. */
export async function strikeBefore(
	reply: FastifyReply,
	fault: ArmedFault | undefined,
	timers: Timers,
): Promise<boolean> {
	if (fault === undefined) return false;
	if (fault.kind === 'delay') await timers.wait(fault.ms ?? 1_000);
	if (!isBefore(fault)) return false;
	if (fault.kind === 'resetBefore') reset(reply);
	if (fault.kind === 'errorBefore') sendError(reply, fault);
	if (fault.kind === 'timeoutBefore') {
		if (fault.ms === undefined) reply.hijack();
		else {
			await timers.wait(fault.ms);
			sendError(reply, { ...fault, status: fault.status ?? 504 });
		}
	}
	return true;
}

/** "After" the bank did what was asked: the answer gets lost or replaced. */
export async function sendThrough(
	reply: FastifyReply,
	fault: ArmedFault | undefined,
	answer: Answer,
	timers: Timers,
): Promise<void> {
	switch (fault?.kind) {
		case 'resetAfter':
			return reset(reply);
		case 'errorAfter':
			return sendError(reply, fault);
		case 'garbage':
			return sendGarbage(reply, fault, answer);
		case 'halfBody':
			return sendHalf(reply, answer);
		case 'timeoutAfter':
			if (fault.ms === undefined) {
				reply.hijack();
				return;
			}
			await timers.wait(fault.ms);
			return send(reply, answer);
		default:
			return send(reply, answer);
	}
}
