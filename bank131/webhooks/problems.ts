/** Why a webhook is rejected. The sender gets no reason. */
export type WebhookProblem =
	| { code: 'webhook.noSignature' }
	/** None of the bank's keys made the signature over these bytes. */
	| { code: 'webhook.invalidSignature' }
	/** The signature is valid, but the body is not a JSON object. */
	| { code: 'webhook.notJson' };
