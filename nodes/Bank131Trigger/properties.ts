import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

/** Value of the option for event types that this package does not know. */
export const OTHER_EVENTS = 'other';

/** The events of the bank; the value is the bank's name of the event. */
const events: INodePropertyOptions[] = [
	{
		name: 'Any Other Event',
		value: OTHER_EVENTS,
		description: 'Events that are not in this list, passed on as the bank sent them',
	},
	{
		name: 'Escrow Account Topped Up',
		value: 'nominal_topup',
		description:
			'Money arrived on your escrow account, but not as a refund. The bank sends this on request.',
	},
	{
		name: 'Payer Action Required',
		value: 'action_required',
		description: 'Incoming payments: the payer must pass 3-D Secure or scan a QR code',
	},
	{
		name: 'Payout Credited to Account',
		value: 'confirmation_payout',
		description:
			"The money reached the recipient's account. The bank sends this on request and not for every payout.",
	},
	{
		name: 'Payout or Payment Finished',
		value: 'payment_finished',
		description:
			'A payout or payment succeeded, failed or was cancelled: the field "outcome" says which',
	},
	{
		name: 'Ready to Capture',
		value: 'ready_to_capture',
		description: "Incoming payments: the payer's money is held and can be captured",
	},
	{
		name: 'Ready to Confirm',
		value: 'ready_to_confirm',
		description:
			'A payout or payment waits for your approval: use Session: Confirm or Session: Cancel',
	},
	{
		name: 'Refunded or Returned',
		value: 'payment_refunded',
		description: "The recipient's bank sent a payout back, or an incoming payment was refunded",
	},
	{
		name: 'Transfer Abroad Paid Out',
		value: 'transaction_registration',
		description: 'A transfer abroad was paid out to its recipient',
	},
];

export const properties: INodeProperties[] = [
	{
		displayName:
			'<ul><li>In the credential, paste the Bank Public Key that the bank gave you.</li><li>Send the Production URL to your manager at the bank.</li><li>Publish (activate) the workflow.</li></ul>Events without the bank\'s signature are always refused. <a href="https://github.com/n8n-nodes-bank131/n8n-nodes-bank131/blob/main/docs/reference/trigger.md" target="_blank">More about the trigger</a>',
		name: 'setupNotice',
		type: 'notice',
		default: '',
	},
	{
		displayName: 'Trigger On',
		name: 'events',
		type: 'multiOptions',
		options: events,
		default: ['ready_to_confirm', 'payment_finished', 'payment_refunded'],
		required: true,
		description:
			'Which events start the workflow. The others are answered with OK, so that the bank does not repeat them, and ignored.',
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		options: [
			{
				displayName: 'Answer the Bank',
				name: 'answer',
				type: 'options',
				// n8n does not evaluate an expression here before it reads the response mode.
				noDataExpression: true,
				options: [
					{
						name: 'At Once',
						value: 'atOnce',
						description:
							'The bank sees the event as delivered. If n8n dies before the workflow has ended, nobody sends it again.',
					},
					{
						name: 'When the Workflow Has Ended',
						value: 'whenEnded',
						description:
							'The bank sends the event again if the workflow fails or n8n dies. For short workflows that may run twice, such as one that confirms.',
					},
				],
				default: 'atOnce',
				description: 'When n8n answers the bank that the event has arrived',
			},
			{
				displayName: 'Check With Bank',
				name: 'checkWithBank',
				type: 'boolean',
				default: false,
				description:
					'Whether to ask the bank for the present state before the workflow starts. An event may come twice, late or out of order. If the bank cannot be asked, or still shows an earlier state than the event, the event is refused and the bank sends it again. After three minutes it is output, marked with "bankStateLags".',
			},
			{
				displayName: 'Outcomes',
				name: 'outcomes',
				type: 'multiOptions',
				options: [
					{
						name: 'Action Required',
						value: 'actionRequired',
						description: 'The payer must act',
					},
					{
						name: 'Awaiting Capture',
						value: 'awaitingCapture',
						description: "The payer's money is held",
					},
					{
						name: 'Awaiting Confirmation',
						value: 'awaitingConfirmation',
						description: 'It waits for your approval',
					},
					{
						name: 'Cancelled',
						value: 'cancelled',
						description: "Not paid, on your or the bank's decision",
					},
					{ name: 'Failed', value: 'failed' },
					{ name: 'Processing', value: 'processing' },
					{
						name: 'Refunded',
						value: 'refunded',
						description: 'An incoming payment was given back',
					},
					{
						name: 'Returned',
						value: 'returned',
						description: "Paid, then sent back by the recipient's bank",
					},
					{ name: 'Succeeded', value: 'succeeded' },
					{
						name: 'Unknown',
						value: 'unknown',
						description: 'The bank does not know yet, or the event carries no payout',
					},
				],
				default: [],
				description:
					'Start the workflow for these outcomes only. Empty means all. Events without a payout, e.g. a top-up, count as Unknown.',
			},
			{
				displayName: 'Simplify',
				name: 'simplify',
				type: 'boolean',
				default: true,
				description:
					'Whether to return a simplified version of the response instead of the raw data',
			},
		],
	},
];
