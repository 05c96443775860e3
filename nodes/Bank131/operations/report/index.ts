import type { Resource } from '../../contract/operation';
import { read } from './read';
import { reconcile } from './reconcile';

export const report: Resource = {
	value: 'report',
	name: 'Report',
	description: 'The daily reports that the bank sends as files',
	operations: [read, reconcile],
};
