import type { INodeProperties } from 'n8n-workflow';

/** Value of the choice for event types that this package does not know. */
export const OTHER = 'other';

export const properties: INodeProperties[] = [
	{
		displayName:
			'1. Enter "Bank Public Key" in the credential: without it every webhook is refused. 2. Activate the workflow. 3. Send the Production URL to your manager at the bank. Every webhook is verified; there is no way to turn that off.',
		name: 'setupNotice',
		type: 'notice',
		default: '',
	},
	{
		displayName: 'Trigger On',
		name: 'events',
		type: 'multiOptions',
		options: [
			{
				name: 'Action Required',
				value: 'action_required',
				description: 'A payer must do something, e.g. 3-D Secure or scan a QR code',
			},
			{
				name: 'Any Other Event',
				value: OTHER,
				description: 'Events that are not in this list, passed on as they come',
			},
			{
				name: 'Credited to Account',
				value: 'confirmation_payout',
				description: "The money reached the recipient's account (on request, not guaranteed)",
			},
			{
				name: 'Escrow Account Topped Up',
				value: 'nominal_topup',
				description: 'Money arrived on the escrow account (on request)',
			},
			{
				name: 'Finished',
				value: 'payment_finished',
				description: 'A payout or payment ended, either way: see the outcome',
			},
			{
				name: 'Ready to Capture',
				value: 'ready_to_capture',
				description: "A payer's money is held and can be captured",
			},
			{
				name: 'Ready to Confirm',
				value: 'ready_to_confirm',
				description: 'A payout waits for Session: Confirm or Cancel',
			},
			{
				name: 'Refunded or Returned',
				value: 'payment_refunded',
				description: "A payment was refunded, or the recipient's bank returned a payout",
			},
			{
				name: 'Transaction Registration',
				value: 'transaction_registration',
				description: 'A transfer abroad was paid out',
			},
		],
		default: ['ready_to_confirm', 'payment_finished', 'payment_refunded'],
		required: true,
		description: 'Which events start the workflow. The others are acknowledged and ignored.',
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		options: [
			{
				displayName: 'Check With Bank',
				name: 'checkWithBank',
				type: 'boolean',
				default: false,
				description:
					'Whether to read the session at the bank and output its present state. An old webhook that somebody sends again then shows what is true today. If the bank cannot be asked, the webhook is refused and the bank repeats it.',
			},
			{
				displayName: 'Outcomes',
				name: 'outcomes',
				type: 'multiOptions',
				options: [
					{ name: 'Awaiting Confirmation', value: 'awaitingConfirmation' },
					{ name: 'Cancelled', value: 'cancelled' },
					{ name: 'Failed', value: 'failed' },
					{ name: 'Processing', value: 'processing' },
					{ name: 'Returned', value: 'returned' },
					{ name: 'Succeeded', value: 'succeeded' },
					{ name: 'Unknown', value: 'unknown' },
				],
				default: [],
				description: 'Start the workflow for these outcomes only. Empty means all.',
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
