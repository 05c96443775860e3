import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import type { JsonObject } from '../../../bank131/lib/json';
import { redactDeep } from '../../../bank131/values/mask';
import { runsAsTool } from '../../shared/toolMode';

/**
 * What a run outputs for an item. An AI agent, and with it the operator of its model, gets it without secrets. To ask
 * n8n who runs the node copies all its parameters, so that is done once.
 */
export function shownOutput(node: IExecuteFunctions): (json: JsonObject) => IDataObject {
	const show = runsAsTool(node) ? redactDeep : (json: JsonObject) => json;
	return (json) => show(json) as IDataObject;
}
