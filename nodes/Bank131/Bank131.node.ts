import {
	NodeConnectionTypes,
	type ICredentialsDecrypted,
	type ICredentialTestFunctions,
	type IExecuteFunctions,
	type ILoadOptionsFunctions,
	type ILocalLoadOptionsFunctions,
	type INodeCredentialTestResult,
	type INodeExecutionData,
	type INodeListSearchResult,
	type INodeType,
	type INodeTypeDescription,
	type ResourceMapperFields,
} from 'n8n-workflow';

import { properties, subtitle } from './properties';

/** The description of the action node. Its behaviour is loaded on first use: see gulpfile.js. */
export class Bank131 implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Bank 131',
		name: 'bank131',
		icon: { light: 'file:../../icons/bank131.svg', dark: 'file:../../icons/bank131.dark.svg' },
		group: ['output'],
		version: [1],
		subtitle,
		description:
			'Pay people through Bank 131: cards, accounts, phone (FPS), wallets, self-employed',
		defaults: { name: 'Bank 131' },
		// As a tool of an AI agent it moves no money unless a person allowed it, up to a limit: runner/agentGuard.ts.
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [
			{
				name: 'bank131Api',
				required: true,
				testedBy: 'testBank131Api',
				// These operations ask the bank nothing. n8n hides the credential if one of the lists fits.
				displayOptions: { hide: { resource: ['report'], operation: ['readList'] } },
			},
		],
		// These numbers and tokens allow paying or charging. n8n hides them in stored executions; the next nodes get them.
		sensitiveOutputFields: [
			'accountToken',
			'cardHash',
			'cardNumber',
			'publicToken',
			'recurringToken',
			'savedAccount',
			'savedCard',
			'token',
		],
		properties,
	};

	methods = {
		credentialTest: {
			async testBank131Api(
				this: ICredentialTestFunctions,
				credential: ICredentialsDecrypted,
			): Promise<INodeCredentialTestResult> {
				const { testCredential } = await import('../runtime');
				return await testCredential(this, credential);
			},
		},
		listSearch: {
			async searchFpsBanks(
				this: ILoadOptionsFunctions,
				filter?: string,
			): Promise<INodeListSearchResult> {
				const { searchFpsBanks } = await import('../runtime');
				return await searchFpsBanks.call(this, filter);
			},
		},
		localResourceMapping: {
			async getPayoutColumns(this: ILocalLoadOptionsFunctions): Promise<ResourceMapperFields> {
				const { getPayoutColumns } = await import('../runtime');
				return getPayoutColumns();
			},
		},
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const { execute } = await import('../runtime');
		return await execute(this);
	}
}
