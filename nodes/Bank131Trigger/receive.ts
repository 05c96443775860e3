import type { IDataObject, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

import { createFirstSeen } from '../../bank131/lib/firstSeen';
import { field, objectAt } from '../../bank131/lib/json';
import type { SessionView } from '../../bank131/session/session';
import type { WebhookProblem } from '../../bank131/webhooks/problems';
import { isEarlierThanEvent } from '../../bank131/webhooks/stateOrder';
import {
	readWebhook,
	resolveContradictions,
	webhookTypes,
	withPendingActionOf,
	type WebhookEvent,
} from '../../bank131/webhooks/webhook';
import { connectionOf, createBankClient } from '../shared/bankClientFactory';
import { sessionAdvice } from '../shared/messages/adviceTexts';
import { errorMessage } from '../shared/messages/bankErrorTexts';
import { hostProblemTexts } from '../shared/messages/hostProblemTexts';
import { problemText } from '../shared/messages/problemText';
import { getBankKeys, tryGetCredential } from './bankKeys';
import { describeEvent } from './describeEvent';
import { OTHER_EVENTS } from './properties';

/** Response to an event that starts no workflow. The bank does not repeat a webhook that was answered with OK. */
const IGNORED: IWebhookResponseData = { webhookResponse: 'OK' };

/** Time limit of one request to the bank, ms. It is short because the bank waits for the response to its webhook. */
const SESSION_TIMEOUT_MS = 8000;

/**
 * How long the bank is asked to send an event again because it shows an earlier state itself. A sister platform repeats
 * webhooks for 30 minutes; Bank 131 does not say how long.
 */
const LAG_LIMIT_MS = 3 * 60_000;

/** When the events whose state the bank does not show yet arrived first. A few hundred bytes each. */
const lagOf = createFirstSeen({ maxKeys: 5000, now: () => Date.now() });

/** Why a webhook was rejected, for n8n's log. */
const REJECTION_REASONS: Readonly<Record<WebhookProblem['code'], string>> = {
	'webhook.noSignature': 'no signature',
	'webhook.invalidSignature': 'signature does not match',
	'webhook.notJson': 'not JSON',
};

/**
 * Handles one webhook of the bank. A webhook without a valid signature is answered with 401 through the response
 * object: an exception would answer 500 and store a failed execution for every forged request.
 */
export async function receive(node: IWebhookFunctions): Promise<IWebhookResponseData> {
	// Without keys no signature can be verified.
	const bankKeys = await getBankKeys(node);
	if (!bankKeys.ok) return reject(node, 401, bankKeys.reason);

	const body = await readBody(node);
	if (!body) return reject(node, 401, 'the body cannot be read');
	const signature = readSignature(node.getRequestObject().headers);
	const webhook = await readWebhook(body, signature, bankKeys.keys);
	if (!webhook.ok) return reject(node, 401, REJECTION_REASONS[webhook.problem.code]);

	const event = webhook.value;
	if (!isSelected(event, node.getNodeParameter('events'))) return IGNORED;
	const options = node.getNodeParameter('options');
	if (field(options, 'checkWithBank') === true && event.session) {
		const current = await readCurrentSession(node, event, event.session);
		if (!current) return reject(node, 503, 'the session could not be read at the bank');
		event.bankStateLags = isEarlierThanEvent(event.type, event.session, current);
		if (!event.bankStateLags) event.session = current;
		else if (lagOf(lagKey(node, event)) < LAG_LIMIT_MS) {
			return reject(node, 503, 'the bank shows an earlier state than its event');
		}
	}
	const outcomes = field(options, 'outcomes');
	if (Array.isArray(outcomes) && outcomes.length > 0) {
		if (!outcomes.includes(event.session?.outcome ?? 'unknown')) return IGNORED;
	}
	const advice = event.session && sessionAdvice(event.session);
	const json = describeEvent(event, field(options, 'simplify') !== false, advice) as IDataObject;
	return { workflowData: [[{ json }]] };
}

/**
 * The exact bytes of the body, which the signature covers; `undefined`, with a warning in the log, if they cannot be
 * read. n8n itself does not read a body of unknown content type, and parses forms.
 */
async function readBody(node: IWebhookFunctions): Promise<Buffer | undefined> {
	const request = node.getRequestObject();
	try {
		if (!request.rawBody) await request.readRawBody();
		return request.rawBody;
	} catch (error) {
		node.logger.warn(`Bank 131: ${errorMessage(error)}`);
		return undefined;
	}
}

/** The signature header; `undefined` if it is missing or occurs twice. */
function readSignature(headers: unknown): string | undefined {
	const value = objectAt({ headers }, 'headers')?.['x-partner-sign'];
	return typeof value === 'string' ? value : undefined;
}

/** Whether the user chose this event, or Any Other Event for a type that this package does not know. */
function isSelected({ type }: WebhookEvent, events: unknown): boolean {
	const selected = Array.isArray(events) ? events : [events];
	const isKnown = (webhookTypes as readonly string[]).includes(type);
	return selected.includes(isKnown ? type : OTHER_EVENTS);
}

/**
 * The session of the event as the bank has it now; `undefined`, with a warning in the log, if it cannot be read or if
 * the bank returned another session.
 */
async function readCurrentSession(
	node: IWebhookFunctions,
	event: WebhookEvent,
	received: SessionView,
): Promise<SessionView | undefined> {
	const credential = await tryGetCredential(node);
	if (!credential) return undefined;
	const connection = connectionOf(credential);
	if (!connection.ok) {
		node.logger.warn(`Bank 131: ${problemText(hostProblemTexts, connection.problem).message}`);
		return undefined;
	}
	const bank = createBankClient(node, connection.value, {
		timeoutMs: SESSION_TIMEOUT_MS,
		retry: { tries: 2, firstDelayMs: 200, maxDelayMs: 200 },
	});
	try {
		const session = await bank.readSession(received.sessionId);
		const resolved = resolveContradictions(event.type, session);
		const current = withPendingActionOf(event.type, resolved, received);
		if (current?.sessionId !== received.sessionId) return undefined;
		// Data that a confirmation must send back may be in the webhook only.
		const confirmInformation = current.confirmInformation ?? received.confirmInformation;
		return { ...current, confirmInformation };
	} catch (error) {
		node.logger.warn(`Bank 131: ${errorMessage(error)}`);
		return undefined;
	}
}

/** The event for one node, without its times: the bank may write new ones when it repeats a webhook. */
function lagKey(node: IWebhookFunctions, { type, session }: WebhookEvent): string {
	const operations = session?.operations.map(({ operationId, status, refunds }) => [
		...[operationId, status],
		...refunds.map((refund) => [refund.refundId, refund.status]),
	]);
	return JSON.stringify([
		...[node.getWorkflow().id, node.getNode().id, type],
		...[session?.sessionId, session?.sessionStatus, session?.nextAction, operations],
	]);
}

/** Rejects the webhook with this HTTP status. The reason goes to n8n's log only, not to the sender. */
function reject(node: IWebhookFunctions, status: 401 | 503, reason: string): IWebhookResponseData {
	node.logger.warn(`Bank 131 webhook refused: ${reason}`);
	node
		.getResponseObject()
		.status(status)
		.send(status === 401 ? 'Unauthorized' : 'Try again later')
		.end();
	return { noWebhookResponse: true };
}
