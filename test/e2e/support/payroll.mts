import { credentialType } from '../../../playground/host/playground.mts';
import type { Credential, WorkflowFile } from '../../../playground/rest/types.mts';
import { fingerprint } from '../../../sandbox/sandbox.mts';

/** A payee with a unique account and amount. */
export interface Payee {
	reference: string;
	name: string;
	account: string;
	bik: string;
	/** Rubles, e.g. `1000.50`. */
	amount: string;
	kopecks: number;
	/** Identifies the destination in the sandbox ledger. */
	fingerprint: string;
}

/** 200 payees. */
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

/** Name of the node that pays. */
export const SEND_NODE = 'Send Payout';

/** A workflow that pays the whole payroll on a call of its webhook. */
export function payrollWorkflow(credential: Credential): WorkflowFile {
	const common = { position: [0, 0] };
	return {
		name: 'Payroll',
		nodes: [
			{
				...common,
				id: '1',
				name: 'Start',
				type: 'n8n-nodes-base.webhook',
				typeVersion: 2,
				webhookId: 'payroll-131',
				parameters: { httpMethod: 'POST', path: 'payroll', responseMode: 'onReceived' },
			},
			{
				...common,
				id: '2',
				name: 'Payees',
				type: 'n8n-nodes-base.code',
				typeVersion: 2,
				parameters: {
					jsCode: `return ${JSON.stringify(payroll)}.map((json) => ({ json }));`,
				},
			},
			{
				...common,
				id: '3',
				name: SEND_NODE,
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
			Start: { main: [[{ node: 'Payees', type: 'main', index: 0 }]] },
			Payees: { main: [[{ node: SEND_NODE, type: 'main', index: 0 }]] },
		},
	};
}
