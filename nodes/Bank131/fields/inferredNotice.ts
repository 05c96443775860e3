import type { INodeProperties } from 'n8n-workflow';

export const inferredNotice: INodeProperties = {
	displayName:
		'The bank documents this method but not its request: it may need another form than this node sends. Ask your manager before you rely on it.',
	name: 'inferredNotice',
	type: 'notice',
	default: '',
};
