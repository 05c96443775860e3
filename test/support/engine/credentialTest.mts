/** Runs the connection test of a credential. */
import type {
	ICredentialDataDecryptedObject,
	ICredentialTestFunctions,
	INodeCredentialTestResult,
	INodeType,
} from 'n8n-workflow';

import { core } from '../../../playground/engine/n8n.mts';
import type { LoadedPackage } from '../../../playground/engine/package.mts';
import { makeAdditionalData, makeWorkflowData } from '../../../playground/engine/workflow.mts';

/**
 * Tests a credential as n8n's CredentialsTester does (cli/services/credentials-tester.service.js): it takes the
 * function from the first node that names one for this type.
 */
export async function runCredentialTest(options: {
	loader: LoadedPackage;
	type: string;
	data: ICredentialDataDecryptedObject;
	/** Which node gives the test. */
	nodeName?: string;
}): Promise<INodeCredentialTestResult> {
	const { loader, type, data, nodeName = 'bank131' } = options;
	if (loader.getCredential(type).type.test) throw new Error('n8n would take the declared test');
	const { description, methods } = loader.getNode(nodeName).type as INodeType;
	const testedBy = description.credentials?.find(({ name }) => name === type)?.testedBy;
	const test = methods?.credentialTest?.[String(testedBy)];
	if (!test) throw new Error(`${nodeName} has no test of ${type}`);
	const additionalData = makeAdditionalData(loader, { [type]: data }, makeWorkflowData([]));
	const context = new core.CredentialTestContext(additionalData);
	const credential = { id: '1', name: type, type, data };
	return await test.call(context as unknown as ICredentialTestFunctions, credential);
}
