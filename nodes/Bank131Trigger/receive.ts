import type { IDataObject, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

import { field, objectAt } from '../../bank131/lib/json';
import {
	resolveContradictions,
	describeEvent,
	readWebhook,
	webhookTypes,
	type WebhookEvent,
} from '../../bank131/webhooks/webhook';
import { connectionOf, createBankClient } from '../shared/bankClientFactory';
import { sessionAdviceText } from '../shared/messages/advice';
import { errorMessage } from '../shared/messages/bankErrors';
import { bankKeys, credentialOf } from './bankKeys';
import { OTHER } from './properties';

const IGNORED: IWebhookResponseData = { webhookResponse: 'OK' };
/** The bank repeats a webhook that was not taken; a look at the session must not keep it waiting for long. */
const LOOK_TIMEOUT_MS = 8000;

/**
 * One webhook of the bank. Refused ones get a 401 through the response object: a `throw` would answer 500 and store a
 * failed execution for every forgery.
 */
export async function receive(node: IWebhookFunctions): Promise<IWebhookResponseData> {
	// Without keys nobody can tell a genuine webhook from a forged one.
	const bank = await bankKeys(node);
	if (!bank.ok) return refuse(node, 401, bank.reason);

	const body = await bodyOf(node);
	if (!body) return refuse(node, 401, 'the body cannot be read');
	const read = await readWebhook(body, signatureOf(node.getRequestObject().headers), bank.keys);
	if (!read.ok) return refuse(node, 401, read.reason);

	const { event } = read;
	if (!isWanted(event, node.getNodeParameter('events'))) return IGNORED;
	const options = node.getNodeParameter('options');
	if (field(options, 'checkWithBank') === true && event.session) {
		const present = await readPresentState(node, event);
		if (!present) return refuse(node, 503, 'the session could not be read at the bank');
		event.session = present;
	}
	const outcomes = field(options, 'outcomes');
	if (Array.isArray(outcomes) && outcomes.length > 0) {
		if (!outcomes.includes(event.session?.outcome ?? 'unknown')) return IGNORED;
	}
	const advice = event.session && sessionAdviceText(event.session);
	const json = describeEvent(event, field(options, 'simplify') !== false, advice) as IDataObject;
	return { workflowData: [[{ json }]] };
}

/** The exact bytes. n8n leaves a body unread when it does not know the content type, and takes a form apart. */
async function bodyOf(node: IWebhookFunctions): Promise<Buffer | undefined> {
	const request = node.getRequestObject();
	try {
		if (!request.rawBody) await request.readRawBody();
		return request.rawBody;
	} catch (error) {
		node.logger.warn(`Bank 131: ${errorMessage(error)}`);
		return undefined;
	}
}

/** One header, one value: of two signatures neither is believed. */
function signatureOf(headers: unknown): string | undefined {
	const value = objectAt({ headers }, 'headers')?.['x-partner-sign'];
	return typeof value === 'string' ? value : undefined;
}

function isWanted({ type }: WebhookEvent, events: unknown): boolean {
	const wanted = Array.isArray(events) ? events : [events];
	const known = (webhookTypes as readonly string[]).includes(type);
	return wanted.includes(known ? type : OTHER);
}

async function readPresentState(node: IWebhookFunctions, event: WebhookEvent) {
	const credential = await credentialOf(node);
	if (!credential) return undefined;
	const connection = connectionOf(credential);
	if (!connection.ok) {
		node.logger.warn(`Bank 131: ${connection.problem.message}`);
		return undefined;
	}
	const bank = createBankClient(node, connection.value, {
		timeoutMs: LOOK_TIMEOUT_MS,
		retry: { tries: 2, firstDelayMs: 200, maxDelayMs: 200 },
	});
	const asked = event.session;
	try {
		const view = resolveContradictions(event.type, await bank.readSession(asked?.sessionId ?? ''));
		if (view?.sessionId !== asked?.sessionId) return undefined;
		// What must be sent back with a confirmation may come with the webhook only.
		return (
			view && { ...view, confirmInformation: view.confirmInformation ?? asked?.confirmInformation }
		);
	} catch (error) {
		node.logger.warn(`Bank 131: ${errorMessage(error)}`);
		return undefined;
	}
}

function refuse(node: IWebhookFunctions, status: 401 | 503, reason: string): IWebhookResponseData {
	node.logger.warn(`Bank 131 webhook refused: ${reason}`);
	node
		.getResponseObject()
		.status(status)
		.send(status === 401 ? 'Unauthorized' : 'Try again later')
		.end();
	return { noWebhookResponse: true };
}
