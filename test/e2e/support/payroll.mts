import { credentialType } from '../../../playground/host/playground.mts';
import type { Credential, WorkflowFile } from '../../../playground/rest/types.mts';
import { fingerprint } from '../../../sandbox/sandbox.mts';

/** One person, with an account and an amount that nobody else has. */
export interface Payee {
	reference: string;
	name: string;
	account: string;
	bik: string;
	/** Roubles. */
	amount: string;
	kopecks: number;
	/** How the bank's ledger tells this person from all others. */
	fingerprint: string;
}

export const payroll: Payee[] = Array.from({ length: 200 }, (_, at) => {
	const number = String(at + 1).padStart(3, '0');
	const account = `40817810100000000${number}`;
	const bik = '044525974';
	return {
		reference: `salary-2026-11-${number}`,
		name: `Иванов Иван ${number}`,
		account,
		bik,
		amount: `${1000 + at}.50`,
		kopecks: (1000 + at) * 100 + 50,
		fingerprint: fingerprint(`${bik}/${account}`),
	};
});

export const SEND = 'Send Payout';

/** Pays everybody as soon as somebody calls its address. */
export function payrollFile(credential: Credential): WorkflowFile {
	const common = { position: [0, 0] };
	return {
		name: 'Payroll',
		nodes: [
			{
				...common,
				id: '1',
				name: 'Begin',
				type: 'n8n-nodes-base.webhook',
				typeVersion: 2,
				webhookId: 'payroll-131',
				parameters: { httpMethod: 'POST', path: 'payroll', responseMode: 'onReceived' },
			},
			{
				...common,
				id: '2',
				name: 'People',
				type: 'n8n-nodes-base.code',
				typeVersion: 2,
				parameters: {
					jsCode: `return ${JSON.stringify(payroll)}.map((json) => ({ json }));`,
				},
			},
			{
				...common,
				id: '3',
				name: SEND,
				type: 'n8n-nodes-bank131.bank131',
				typeVersion: 1,
				parameters: {
					resource: 'payout',
					operation: 'send',
					reference: '={{ $json.reference }}',
					amount: '={{ $json.amount }}',
					payoutMethod: 'bankAccount',
					account: '={{ $json.account }}',
					bik: '={{ $json.bik }}',
					recipientName: '={{ $json.name }}',
					purpose: '=Выплата по договору {{ $json.reference }}, НДС не облагается',
				},
				credentials: { [credentialType]: { id: credential.id, name: credential.name } },
				retryOnFail: true,
				maxTries: 3,
				waitBetweenTries: 1000,
				onError: 'continueErrorOutput',
			},
		],
		connections: {
			Begin: { main: [[{ node: 'People', type: 'main', index: 0 }]] },
			People: { main: [[{ node: SEND, type: 'main', index: 0 }]] },
		},
	};
}
