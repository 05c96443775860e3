import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import type { JsonObject } from '../../../bank131/lib/json';
import { redactDeep } from '../../../bank131/values/mask';
import { runsAsTool } from '../../shared/toolMode';

/** The output of an item. An AI agent, and with it the operator of its model, gets it without secrets. */
export const shownOutput = (node: IExecuteFunctions, json: JsonObject): IDataObject =>
	(runsAsTool(node) ? redactDeep(json) : json) as IDataObject;
