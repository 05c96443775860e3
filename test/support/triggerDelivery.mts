/** Delivers webhooks to the trigger node and checks its response. */
import { callWebhook, type WebhookCall } from './engine.mts';
import type { EngineFixture } from './engineFixture.mts';
import { bankKey, signed } from './webhooks.mts';

/** The key of the bank, whose public half is in the credential. */
export const bank = bankKey();
/** A key that is in no credential. */
export const stranger = bankKey();

/** All values of the field Events. */
export const ALL_EVENTS = [
	'action_required',
	'confirmation_payout',
	'nominal_topup',
	'other',
	'payment_finished',
	'payment_refunded',
	'ready_to_capture',
	'ready_to_confirm',
	'transaction_registration',
];

export interface Delivery extends Omit<Partial<WebhookCall>, 'credentials' | 'headers'> {
	/** Default: the bank's signature of the body. `undefined` sends no signature. */
	signature?: string | undefined;
	publicKey?: string;
	credential?: Record<string, string>;
	headers?: Record<string, string>;
}

export const deliveryTo =
	(fixture: Pick<EngineFixture, 'loader'>) =>
	async (body: string | Buffer, options: Delivery = {}) => {
		const { publicKey = bank.publicPem, credential, headers, ...call } = options;
		const signature = 'signature' in options ? options.signature : signed(body, bank);
		return await callWebhook({
			loader: fixture.loader,
			nodeName: 'bank131Trigger',
			rawBody: body,
			headers: {
				'content-type': 'application/json',
				...(signature !== undefined && { 'x-partner-sign': signature }),
				...headers,
			},
			credentials: { bank131Api: { bankPublicKey: publicKey, ...credential } },
			...call,
		});
	};

export type DeliveryResult = Awaited<ReturnType<ReturnType<typeof deliveryTo>>>;

/** The trigger responds with this HTTP status and starts nothing. */
export function expectRefused({ result, response, items }: DeliveryResult, status = 401): void {
	expect(result).toEqual({ noWebhookResponse: true });
	expect(items).toBeUndefined();
	expect(response).toMatchObject({ statusCode: status, hasEnded: true });
}

/** The trigger accepts the webhook and starts nothing. */
export function expectIgnored({ result, response }: DeliveryResult): void {
	expect(result).toEqual({ webhookResponse: 'OK' });
	expect(response.hasEnded).toBe(false);
}

/** The JSON of the one item that starts the workflow. */
export function startedItem({ result, items }: DeliveryResult) {
	expect(result).not.toHaveProperty('noWebhookResponse');
	expect(items).toHaveLength(1);
	return items![0].json;
}
