import {
	NodeConnectionTypes,
	type ICredentialsDecrypted,
	type ICredentialTestFunctions,
	type IHookFunctions,
	type INodeCredentialTestResult,
	type INodeType,
	type INodeTypeDescription,
	type IWebhookFunctions,
	type IWebhookResponseData,
	type WebhookResponseMode,
} from 'n8n-workflow';

import { properties } from './properties';

/**
 * n8n shows these texts beside the fields. The button for a test event is of little use here, and the first text says
 * when it works.
 */
const HELP_INACTIVE =
	'<b>The bank keeps one webhook address per project.</b> Only your manager at the bank can enter it and switch on the events that you chose. <br /> <br /> The Test URL works for two minutes after a click on the button, and only if the bank or the sandbox sends its webhooks there.';
const HELP_ACTIVE =
	"<b>This workflow is waiting for the bank.</b> Look for the results in the <a data-key=\"executions\">executions list</a>. <br /> <br /> <b>Nothing arrives?</b> Ask your manager at the bank whether the Production URL is entered and the events are switched on. After an answer 401, the field 'Bank Public Key' in the credential is empty or holds another key: n8n's log says which.";

/**
 * The first event in words and the number of the others: the canvas has room for no more. n8n 1.85 evaluates no arrow
 * function here.
 */
const SUBTITLE =
	'={{ ($parameter["events"][0] || "").replace("payment_", "").replace(/_/g, " ") }}{{ $parameter["events"].length > 1 ? " and " + ($parameter["events"].length - 1) + " more" : "" }}';

/** The parameters on which the response mode depends. */
type AnswerParameters = { options?: { answer?: unknown } };

const resolveResponseMode = ({ options }: AnswerParameters): WebhookResponseMode =>
	options?.answer === 'whenEnded' ? 'lastNode' : 'onReceived';

const RESPONSE_MODE_EXPRESSION =
	'={{ $parameter["options"]["answer"] === "whenEnded" ? "lastNode" : "onReceived" }}';

/**
 * n8n evaluates the expression for each webhook, before it calls the node. Since 2.41 it calls the function instead,
 * which needs no isolate, if it finds both under the key that n8n-workflow exports as `WEBHOOK_RESOLVERS`. Older
 * versions have no such export.
 */
const NATIVE_RESOLVERS = {
	[Symbol.for('n8n.webhookDescriptionResolvers')]: {
		responseMode: { template: RESPONSE_MODE_EXPRESSION, resolve: resolveResponseMode },
	},
};

/** Loaded with the first webhook, because n8n loads this class at its start even if no workflow uses it. */
let runtime: typeof import('../runtime') | undefined;

/** The description of the trigger node. Its behaviour is loaded on first use: see gulpfile.js. */
export class Bank131Trigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Bank 131 Trigger',
		name: 'bank131Trigger',
		icon: { light: 'file:../../icons/bank131.svg', dark: 'file:../../icons/bank131.dark.svg' },
		group: ['trigger'],
		// Versions 1 and 1.1 behave the same. For version 1 n8n starts an isolate for each webhook to evaluate an
		// expression.
		version: [1, 1.1],
		subtitle: SUBTITLE,
		description:
			'Pay people through Bank 131, or start a workflow when the bank reports on a payout',
		defaults: { name: 'Bank 131 Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'bank131Api', required: true, testedBy: 'testBank131Api' }],
		sensitiveOutputFields: ['accountToken', 'recurringToken'],
		webhooks: [
			{
				name: 'default',
				httpMethod: 'POST',
				responseMode: RESPONSE_MODE_EXPRESSION,
				responseData: 'noData',
				path: 'webhook',
				...NATIVE_RESOLVERS,
			},
		],
		eventTriggerDescription: 'Waiting for the bank to send an event to the Test URL',
		activationMessage: 'Events that the bank sends to the Production URL now start the workflow.',
		triggerPanel: {
			header: 'Receive events from Bank 131',
			executionsHelp: { inactive: HELP_INACTIVE, active: HELP_ACTIVE },
			activationHint: {
				inactive:
					'To receive real events, send the Production URL to the bank and publish the workflow.',
				active: 'Events of the bank also start it; those runs are in the executions list.',
			},
		},
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
	};

	// The bank has no API to register a webhook: its manager enters the address.
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
		runtime ??= await import('../runtime');
		return await runtime.receive(this);
	}
}
