// The scripted values of config/scenarioTable.mts in words, for the page.
import {
	outcomes,
	scenarioTable,
	taxpayerTable,
	type Outcome,
	type ScenarioRule,
	type TaxpayerState,
} from '../config/scenarioTable.mts';

/** One scripted value. `kind` is the field in which it is entered. */
export interface TestValue {
	kind: string;
	value: string;
	result: string;
}

const KIND_NAMES: Record<keyof Omit<ScenarioRule, 'outcome'>, string> = {
	kopecks: 'Amount ending in',
	card: 'Card number',
	// The check digits of the accounts are valid with this BIK only.
	account: 'Account, BIK 044525974',
	phone: 'Phone (FPS)',
	wallet: 'YooMoney wallet',
};

function resultOf(outcome: Omit<Outcome, 'name'>): string {
	if (outcome.refused) return `start refused: ${outcome.refused.code}`;
	if (outcome.unclear) return `start refused with an unclear code: ${outcome.unclear}`;
	if (outcome.declinedOnCheck) {
		return `declined before confirmation: ${outcome.declinedOnCheck.code}`;
	}
	if (outcome.declinedOnPay) return `declined after confirmation: ${outcome.declinedOnPay.code}`;
	if (outcome.uncertain === 'nothingMoves') return 'result unknown, no money moves';
	if (outcome.uncertain === 'moneyMovesLater') return 'result unknown, paid a little later';
	if (outcome.returned) return 'paid, then returned by the recipient’s bank (accounts only)';
	if (outcome.processingFactor) return `paid, ${outcome.processingFactor} times slower`;
	if (outcome.stuck) return 'stays in progress until you press Pay now or Fail';
	if (outcome.threeDs) return 'a payment needs 3-D Secure';
	return 'paid';
}

const TAXPAYER_RESULTS: Record<TaxpayerState, string> = {
	linked: 'self-employed and linked to the bank',
	notLinked: 'self-employed, not linked to the bank',
	notSelfEmployed: 'not self-employed',
	fnsError: 'error of the tax service',
	slow: 'the first three answers are “pending”',
	silent: 'every answer is “pending”',
	overIncomeLimit: 'over the yearly income limit: a payout with a receipt is declined',
	otherPerson: 'Check Personal Info finds another name',
};

/** Every value of the default tables, in their order. Rules that were added later are not among them. */
export function listTestValues(): TestValue[] {
	const rules = scenarioTable.flatMap(({ outcome, ...values }) =>
		Object.entries(values).map(([kind, value]) => ({
			kind: KIND_NAMES[kind as keyof typeof KIND_NAMES],
			value: kind === 'kopecks' ? `.${value}` : value,
			result: resultOf(outcomes[outcome]),
		})),
	);
	const taxpayers = Object.entries(taxpayerTable).map(([inn, state]) => ({
		kind: 'INN (self-employed)',
		value: inn,
		result: TAXPAYER_RESULTS[state],
	}));
	return [...rules, ...taxpayers];
}
