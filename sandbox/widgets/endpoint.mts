import type { Bank } from '../bank/bank.mts';
import type { JsonObject } from '../lib/json.mts';

/** A request of a widget, with its public token in the body. */
export interface WidgetRequest {
	bank: Bank;
	body: JsonObject;
}

/** Endpoints of the widgets, by the last part of the path under /widget/api/. */
export type WidgetEndpoints = Record<string, (request: WidgetRequest) => JsonObject>;
