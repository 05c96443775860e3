import {
	NodeConnectionTypes,
	type IHookFunctions,
	type INodeType,
	type INodeTypeDescription,
	type IWebhookFunctions,
	type IWebhookResponseData,
} from 'n8n-workflow';

import { properties } from './properties';
import { receive } from './receive';

const SETUP =
	"Give the Production URL above to your manager at the bank: the bank keeps one webhook address per project and can't be told a new one by a program. The Test URL works for two minutes after a click on the button.";

export class Bank131Trigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Bank 131 Trigger',
		name: 'bank131Trigger',
		icon: { light: 'file:../../icons/bank131.svg', dark: 'file:../../icons/bank131.dark.svg' },
		group: ['trigger'],
		version: [1],
		subtitle: '={{$parameter["events"].join(", ")}}',
		description:
			'Starts the workflow when Bank 131 reports on a payout, and only when the bank signed the report',
		defaults: { name: 'Bank 131 Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'bank131Api', required: true }],
		webhooks: [
			{
				name: 'default',
				httpMethod: 'POST',
				responseMode: 'onReceived',
				responseData: 'noData',
				path: 'webhook',
			},
		],
		eventTriggerDescription: 'Waiting for a webhook of the bank',
		activationMessage:
			'The workflow now runs whenever the bank sends a webhook to the Production URL.',
		triggerPanel: {
			header: 'Wait for a webhook of the bank',
			executionsHelp: {
				inactive: SETUP,
				active: SETUP,
			},
			activationHint: SETUP,
		},
		properties,
	};

	// The bank has no method to register a webhook: its manager enters the address.
	webhookMethods = {
		default: {
			async checkExists(this: IHookFunctions): Promise<boolean> {
				return true;
			},
			async create(this: IHookFunctions): Promise<boolean> {
				return true;
			},
			async delete(this: IHookFunctions): Promise<boolean> {
				return true;
			},
		},
	};

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await receive(this);
	}
}
