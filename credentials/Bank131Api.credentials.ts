import type { IAuthenticate, Icon, ICredentialType, INodeProperties } from 'n8n-workflow';

/** Loaded for the first request. An import for each would copy the list of its functions. */
let runtime: typeof import('../nodes/runtime') | undefined;

/**
 * The credential: which bank, which project, and the key that signs every request. The nodes hold its test, because n8n
 * shows no reason of a failed connection for a test that is declared here.
 */
export class Bank131Api implements ICredentialType {
	name = 'bank131Api';

	displayName = 'Bank 131 API';

	icon: Icon = { light: 'file:../icons/bank131.svg', dark: 'file:../icons/bank131.dark.svg' };

	documentationUrl = 'https://github.com/n8n-nodes-bank131/n8n-nodes-bank131#credential';

	properties: INodeProperties[] = [
		{
			displayName: 'Environment',
			name: 'environment',
			type: 'options',
			options: [
				{
					name: 'Demo',
					value: 'demo',
					description: 'The test bank at demo.bank131.ru: no real money',
				},
				{
					name: 'Live',
					value: 'live',
					description: 'The real bank at proxy.bank131.ru: payouts move real money',
				},
				{
					name: 'Custom URL',
					value: 'custom',
					description: "A sandbox on your own machine, or your company's proxy",
				},
			],
			default: 'demo',
			description: 'Which bank the requests go to. Demo and Live have separate projects and keys.',
		},
		{
			displayName: 'Custom URL',
			name: 'customUrl',
			type: 'string',
			displayOptions: { show: { environment: ['custom'] } },
			default: '',
			required: true,
			placeholder: 'e.g. http://127.0.0.1:8131',
			description: 'Address of the sandbox or proxy. A "/api/v1" at its end is removed.',
			hint: 'It begins with http:// or https://.',
		},
		{
			displayName: 'Leads to Live',
			name: 'leadsToLive',
			type: 'boolean',
			displayOptions: { show: { environment: ['custom'] } },
			default: false,
			description:
				'Whether this address leads to the real bank. The check digits of cards, accounts and INNs are then verified as with Live.',
		},
		{
			displayName: 'Project',
			name: 'project',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. my_company_payouts',
			description: 'Identifier of your project',
			hint: 'Your manager at the bank gives it to you. In the sandbox it is "sandbox".',
		},
		{
			displayName: 'Private Key',
			name: 'privateKey',
			type: 'string',
			typeOptions: { password: true, rows: 6 },
			default: '',
			required: true,
			placeholder: '-----BEGIN PRIVATE KEY-----',
			description:
				'Your RSA private key. The bank has its public half. Requests are signed with it here; it is never sent anywhere.',
			hint: 'Paste the whole file, with the BEGIN and END lines.',
		},
		{
			displayName: 'Passphrase',
			name: 'passphrase',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description: 'Only if the private key is protected by one',
		},
		{
			displayName: 'Bank Public Key',
			name: 'bankPublicKey',
			type: 'string',
			typeOptions: { rows: 6 },
			default: '',
			placeholder: '-----BEGIN PUBLIC KEY-----',
			description:
				'The public key that the bank gave you. It verifies the webhooks of the bank. While the bank changes its key, paste the old and the new one below each other.',
			hint: 'Only the trigger needs it: without it no event starts a workflow. It is not the public half of your own key.',
		},
		{
			displayName: 'Sub-Merchant',
			name: 'submerchant',
			type: 'string',
			default: '',
			description:
				'Identifier of the payer. Only financial institutions outside Russia need it; leave it empty otherwise.',
		},
		{
			displayName: 'API Version',
			name: 'apiVersion',
			type: 'options',
			options: [
				{ name: 'V2', value: 'v2' },
				{ name: 'V1', value: 'v1' },
			],
			default: 'v2',
			description:
				'Version of the payout methods. Choose V1 only if your agreement with the bank names it.',
		},
	];

	/** Signs every request made with this credential. The implementation is loaded when it is first used. */
	authenticate: IAuthenticate = async (credentials, requestOptions) => {
		runtime ??= await import('../nodes/runtime');
		return await runtime.authenticate(credentials, requestOptions);
	};
}
