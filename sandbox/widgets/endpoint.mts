import type { Bank } from '../bank/bank.mts';
import type { JsonObject } from '../lib/json.mts';

export interface WidgetRequest {
	bank: Bank;
	body: JsonObject;
}

/** What the stand-ins ask of the sandbox, by the last part of the path under /widget/api/. */
export type WidgetEndpoints = Record<string, (call: WidgetRequest) => JsonObject>;
