import type { INodeProperties } from 'n8n-workflow';

import { formatAmount, parseAmount } from '../../../bank131/values/money';
import { invalid, ok, type Result } from '../../../bank131/lib/result';
import type { ProblemText } from '../../shared/messages/problemTexts';
import type { AgentPolicy, AgentTransfer } from '../contract/operation';
import { agentMaximum, agentSwitch, agentTotal } from './fields';

/** What agents may move, in kopecks. */
export interface Limits {
	perCall: number;
	total: number;
}

export const rubles = (kopecks: number): string => `${formatAmount(kopecks, 'rub')} RUB`;

/** A model that is refused looks for another way, such as smaller amounts or another reference. */
export const TELL = 'Nothing was sent. Do not try again in another way; tell the user:';

/**
 * The switch and the limits that a person set in the node; `undefined` for an operation that needs none. `written` are
 * the node's parameters as they are stored. An expression could be filled in by the model, so it is refused.
 */
export function readLimits(
	written: Record<string, unknown>,
	rule: AgentPolicy<unknown>,
	action: string,
): Result<Limits | undefined, ProblemText> {
	const closed = `AI agents may not do this: ${action}`;
	if (rule === 'allowed') return ok(undefined);
	if (rule === 'forbidden') {
		return refused(
			closed,
			`${TELL} the amount this would move is not known in advance, so a person must do it.`,
		);
	}
	const hasAmount = rule !== 'needsSwitch';
	const fields = hasAmount ? [agentSwitch, agentMaximum, agentTotal] : [agentSwitch];
	const filled = fields.find(({ name }) => !isPlain(written[name]));
	if (filled) {
		return refused(
			`"${filled.displayName}" is an expression, so the model might decide it`,
			`${TELL} a person must set "${filled.displayName}" by hand in the node.`,
		);
	}
	if (written[agentSwitch.name] !== true) {
		const switchOn = `switch on "${agentSwitch.displayName}" in the node first`;
		return refused(closed, `${TELL} a person must ${switchOn}.`);
	}
	if (!hasAmount) return ok(undefined);
	const perCall = limitOf(written, agentMaximum);
	if (!perCall) return notSet(agentMaximum);
	const total = limitOf(written, agentTotal);
	return total === undefined ? notSet(agentTotal) : ok({ perCall, total: total || perCall });
}

const refused = (message: string, remedy: string) => invalid<ProblemText>({ message, remedy });

const notSet = ({ displayName }: INodeProperties) =>
	refused(
		`"${displayName}" is not set`,
		`${TELL} a person must enter "${displayName}" in the node, as a number of rubles.`,
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
			remedy: `${TELL} in another currency a person must do this.`,
		};
	}
	if (amount.minorUnits <= perCall) return undefined;
	return {
		message: `${rubles(amount.minorUnits)} is above the maximum of ${rubles(perCall)} for AI agents`,
		remedy: `${TELL} a person must do this, or raise "${agentMaximum.displayName}" in the node. Do not split the amount.`,
	};
}
