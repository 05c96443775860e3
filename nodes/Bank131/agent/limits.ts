import type { INodeProperties } from 'n8n-workflow';

import { formatAmount, parseAmount } from '../../../bank131/values/money';
import { invalid, ok, type Checked, type UnlocatedProblem } from '../../../bank131/lib/result';
import type { AgentPolicy, AgentTransfer } from '../contract/operation';
import { agentMaximum, agentSwitch, agentTotal } from './agentFields';

/** What agents may move, in kopecks. */
export interface Limits {
	perCall: number;
	total: number;
}

export const rubles = (kopecks: number): string => `${formatAmount(kopecks, 'rub')} RUB`;

/** A model that is refused looks for another way, such as smaller amounts or another reference. */
export const TELL_THE_USER = 'Nothing was sent. Do not try again in another way; tell the user:';

/**
 * The switch and the limits as a person wrote them into the node; undefined where the operation needs none. `written` are
 * the node's parameters as they are stored: whatever is an expression might be filled by the model, and is refused.
 */
export function readLimits(
	written: Record<string, unknown>,
	rule: AgentPolicy<unknown>,
	action: string,
): Checked<Limits | undefined> {
	const closed = `AI agents may not do this: ${action}`;
	if (rule === 'allowed') return ok(undefined);
	if (rule === 'forbidden') {
		return invalid(
			closed,
			`${TELL_THE_USER} nobody can tell beforehand how much money this would move, so a person must do it.`,
		);
	}
	const hasAmount = rule !== 'needsSwitch';
	const fields = hasAmount ? [agentSwitch, agentMaximum, agentTotal] : [agentSwitch];
	const filled = fields.find(({ name }) => !isPlain(written[name]));
	if (filled) {
		return invalid(
			`"${filled.displayName}" is an expression, so the model might decide it`,
			`${TELL_THE_USER} a person must set "${filled.displayName}" by hand in the node.`,
		);
	}
	if (written[agentSwitch.name] !== true) {
		const switchOn = `switch on "${agentSwitch.displayName}" in the node first`;
		return invalid(closed, `${TELL_THE_USER} a person must ${switchOn}.`);
	}
	if (!hasAmount) return ok(undefined);
	const perCall = limitOf(written, agentMaximum);
	if (!perCall) return notSet(agentMaximum);
	const total = limitOf(written, agentTotal);
	return total === undefined ? notSet(agentTotal) : ok({ perCall, total: total || perCall });
}

const notSet = ({ displayName }: INodeProperties) =>
	invalid(
		`"${displayName}" is not set`,
		`${TELL_THE_USER} a person must enter "${displayName}" in the node, as a number of rubles.`,
	);

/** n8n takes the leading `=` off where it wants no expression, but leaves it to `$fromAI`, which it fills in even there. */
const isPlain = (value: unknown): boolean =>
	typeof value === 'string' ? !/^=|\{\{|\$fromAI/i.test(value) : typeof value !== 'object';

/** Kopecks; 0 when nothing is entered, undefined when it is no amount. */
function limitOf(written: Record<string, unknown>, { name }: INodeProperties): number | undefined {
	const value = written[name] ?? 0;
	if (value === 0 || value === '') return 0;
	const amount = parseAmount(value, 'major', 'RUB');
	return amount.ok ? amount.value.minorUnits : undefined;
}

/** Why the limit for one call keeps this one from being sent. `label`: of the field with the amount. */
export function aboveLimit(
	{ amount }: AgentTransfer,
	{ perCall }: Limits,
	label: string,
): UnlocatedProblem | undefined {
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
		message: `${rubles(amount.minorUnits)} is above the maximum of ${rubles(perCall)} for AI agents`,
		remedy: `${TELL_THE_USER} a person must do this, or raise "${agentMaximum.displayName}" in the node. Do not split the amount.`,
	};
}
