/** The built package in n8n's real engine. Each subject has its own file in `engine/`. */
export {
	container,
	core,
	HostDate,
	hostRequire,
	outputsFirstAttempt,
	passesSocketOptions,
	projectDir,
	wf,
} from '../../playground/engine/n8n.mts';
export { loadPackage, type LoadedPackage } from '../../playground/engine/package.mts';
export {
	PlainCredentialsHelper,
	referencesTo,
	type Credentials,
} from '../../playground/engine/credentials.mts';
export {
	makeAdditionalData,
	makeNodeTypes,
	makeRunExecutionData,
	makeWorkflowData,
	START,
	type NodeUnderTest,
} from '../../playground/engine/workflow.mts';
export {
	errorOf,
	hintsOf,
	makeExecuteContext,
	outputOf,
	runNode,
	startNodeRun,
	type RunError,
	type RunOptions,
} from '../../playground/engine/runNode.mts';
export {
	callHook,
	callWebhook,
	responseModeOf,
	subtitleOf,
	type WebhookCall,
} from './engine/runWebhook.mts';
export { runCredentialTest } from './engine/credentialTest.mts';
