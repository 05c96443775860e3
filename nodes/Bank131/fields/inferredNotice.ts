import type { INodeProperties } from 'n8n-workflow';

/** For operations whose request the bank does not document. */
export const inferredNotice: INodeProperties = {
	displayName:
		'The bank documents this method but not its request: it may need another form than this node sends. Ask your manager before you rely on it.',
	name: 'inferredNotice',
	type: 'notice',
	default: '',
};
