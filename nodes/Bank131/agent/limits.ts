import type { INodeProperties } from 'n8n-workflow';

import { invalid, ok, type Result } from '../../../bank131/lib/result';
import { formatAmount, parseAmount } from '../../../bank131/values/money';
import type { ProblemText } from '../../shared/messages/problemText';
import type { AgentPolicy, AgentTransfer } from '../contract/operation';
import { agentMaximum, agentSwitch, agentTotal } from './agentFields';

/** The most that an agent may move, in kopecks: per call, and in all calls of one execution. */
export interface AgentLimits {
	perCall: number;
	total: number;
}

/** For example `1500.50 RUB`. */
export const formatRubles = (kopecks: number): string => `${formatAmount(kopecks, 'rub')} RUB`;

/**
 * Start of the remedy of a refusal. Without it the model tries another way, such as smaller amounts or another
 * reference.
 */
export const TELL_THE_USER = 'Nothing was sent. Do not try again in another way; tell the user:';

/** Why an operation is closed to agents. */
const closedReasons = {
	amountUnknown: 'the amount this would move is not known in advance',
	resultSecret: 'the result allows paying or charging and must not be seen by a model',
};

/**
 * Reads the switch and the limits; `undefined` if the operation needs no limits. `stored` are the node's parameters
 * before expressions are evaluated. Each must be a plain value, because the model might fill in an expression.
 */
export function readLimits(
	stored: Record<string, unknown>,
	policy: AgentPolicy<unknown>,
	action: string,
): Result<AgentLimits | undefined, ProblemText> {
	const refusedMessage = `AI agents may not do this: ${action}`;
	if (policy === 'allowed') return ok(undefined);
	if (policy === 'amountUnknown' || policy === 'resultSecret') {
		return invalid({
			message: refusedMessage,
			remedy: `${TELL_THE_USER} ${closedReasons[policy]}, so a person must do it.`,
		});
	}
	const hasAmount = policy !== 'needsSwitch';
	const fields = hasAmount ? [agentSwitch, agentMaximum, agentTotal] : [agentSwitch];
	const expressionField = fields.find(({ name }) => !isPlainValue(stored[name]));
	if (expressionField) {
		return invalid({
			message: `"${expressionField.displayName}" is an expression, so the model might decide it`,
			remedy: `${TELL_THE_USER} a person must set "${expressionField.displayName}" by hand in the node.`,
		});
	}
	if (stored[agentSwitch.name] !== true) {
		const switchOn = `switch on "${agentSwitch.displayName}" in the node first`;
		return invalid({
			message: refusedMessage,
			remedy: `${TELL_THE_USER} a person must ${switchOn}.`,
		});
	}
	if (!hasAmount) return ok(undefined);
	const perCall = parseLimit(stored, agentMaximum);
	if (!perCall) return limitNotSet(agentMaximum);
	const total = parseLimit(stored, agentTotal);
	return total === undefined ? limitNotSet(agentTotal) : ok({ perCall, total: total || perCall });
}

const limitNotSet = ({ displayName }: INodeProperties) =>
	invalid({
		message: `"${displayName}" is not set`,
		remedy: `${TELL_THE_USER} a person must enter "${displayName}" in the node, as a number of rubles.`,
	});

/**
 * Whether a stored value is fixed, so that the model cannot decide it. n8n removes the leading `=` where a field takes
 * no expression, except before `$fromAI`, which it evaluates even there.
 */
const isPlainValue = (value: unknown): boolean =>
	typeof value === 'string' ? !/^=|\{\{|\$fromAI/i.test(value) : typeof value !== 'object';

/** Kopecks; 0 if nothing is entered, `undefined` if it is not an amount. */
function parseLimit(
	stored: Record<string, unknown>,
	{ name }: INodeProperties,
): number | undefined {
	const value = stored[name] ?? 0;
	if (value === 0 || value === '') return 0;
	const amount = parseAmount(value, 'major', 'RUB');
	return amount.ok ? amount.value.minorUnits : undefined;
}

/**
 * Why the transfer is not within the limits: no amount, another currency, or more than the limit per call. `undefined`
 * if it is within them.
 * @param label label of the field with the amount
 */
export function findLimitProblem(
	{ amount }: AgentTransfer,
	{ perCall }: AgentLimits,
	label: string,
): ProblemText | undefined {
	if (!amount) {
		return {
			message: `${label} is empty`,
			remedy: `Nothing was sent. An AI agent must say how much: fill in ${label}.`,
		};
	}
	if (amount.currency !== 'rub') {
		return {
			message: 'AI agents may move rubles only',
			remedy: `${TELL_THE_USER} in another currency a person must do this.`,
		};
	}
	if (amount.minorUnits <= perCall) return undefined;
	return {
		message: `${formatRubles(amount.minorUnits)} is above the maximum of ${formatRubles(perCall)} for AI agents`,
		remedy: `${TELL_THE_USER} a person must do this, or raise "${agentMaximum.displayName}" in the node. Do not split the amount.`,
	};
}
