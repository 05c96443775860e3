import type { INodeProperties } from 'n8n-workflow';

import { initiateOperation } from '../../../../bank131/flows/initiate';
import { isObject, parseJson, type Json, type JsonObject } from '../../../../bank131/lib/json';
import { hasValidMetadata, multiRequest } from '../../../../bank131/requests/multiple';
import { checkReference } from '../../../../bank131/values/identifiers';
import { defineOperation } from '../../contract/operation';
import { reference } from '../../fields/amount';
import { START_ONLY_PLAN } from '../../fields/plan';
import { readOutputOptions, sessionOutputFields } from '../../fields/session';
import type { ItemParameters } from '../../parameters/itemParameters';
import { sessionResult } from '../../results/sessionResult';
import { outcomesOfPlan, tallyOf } from '../../results/tally';

const multipleNotice: INodeProperties = {
	displayName:
		"Not in the bank's public documentation: ask your manager at the bank to enable it. If the answer of this single request is lost, the outcome stays unknown.",
	name: 'multiNotice',
	type: 'notice',
	default: '',
};

const jsonListField = (
	displayName: string,
	name: string,
	description: string,
): INodeProperties => ({
	displayName,
	name,
	type: 'json',
	required: true,
	default: '[]',
	typeOptions: { rows: 6 },
	description,
});

const paymentList = jsonListField(
	'Payments (JSON)',
	'paymentList',
	'At least one payment as the bank writes it: payment_details, amount_details, customer',
);
const payoutList = jsonListField(
	'Payouts (JSON)',
	'payoutList',
	'At least one payout as the bank writes it: payout_details, amount_details, participant_details',
);

export const initMultiple = defineOperation({
	resource: 'session',
	value: 'initMultiple',
	name: 'Initiate Multiple',
	action: 'Initiate multiple payments and payouts in one session',
	description:
		'Take payments and send payouts in one session, e.g. an FPS payment that tops up a Steam wallet',
	movesMoney: true,
	// The amounts are inside the JSON lists, so they cannot be compared with a limit.
	agentPolicy: 'amountUnknown',
	fields: [multipleNotice, reference, paymentList, payoutList, ...sessionOutputFields],
	read: (param) => ({
		reference: param.checked('reference', checkReference(param.raw('reference')), ''),
		payments: readOperationList(param, 'paymentList'),
		payouts: readOperationList(param, 'payoutList'),
		output: readOutputOptions(param),
	}),
	identity: { field: 'reference', of: (input) => input.reference },
	run: async (input, context) => {
		const request = multiRequest(input.reference, input.payments, input.payouts);
		const flowResult = await initiateOperation(request, START_ONLY_PLAN, context);
		return {
			...sessionResult(flowResult, input.output, { reference: input.reference }),
			tally: tallyOf(flowResult, outcomesOfPlan(START_ONLY_PLAN)),
		};
	},
});

function readOperationList(param: ItemParameters, name: string): JsonObject[] {
	const value = param.raw(name);
	const parsed = typeof value === 'string' ? parseJson(value) : (value as Json);
	const rows = Array.isArray(parsed) ? parsed.filter(isObject) : [];
	if (rows.length === 0 || rows.length !== (parsed as unknown[]).length) {
		param.addProblem(
			name,
			'This is not a JSON list of at least one object',
			'Enter it like [{"amount_details": {"amount": 10000, "currency": "rub"}}].',
		);
	}
	if (!rows.every(hasValidMetadata)) {
		param.addProblem(
			name,
			'The metadata of an operation is not an object',
			'Its webhooks are found by the Reference, which is added to the metadata. Write it like {"note": "…"}.',
		);
	}
	param.rejectUnusableJson(name, rows);
	return rows;
}
