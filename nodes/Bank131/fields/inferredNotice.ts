import type { INodeProperties } from 'n8n-workflow';

/** For operations whose request the bank does not document. */
export const inferredNotice: INodeProperties = {
	displayName:
		'The bank does not publish the format of this request, so it may be refused. Ask your manager at the bank before you rely on it.',
	name: 'inferredNotice',
	type: 'notice',
	default: '',
};
