import type { INodeProperties } from 'n8n-workflow';

import type { AgentPolicy } from '../contract/operation';

/** Only in the tool variant of the node. n8n 1.85 to 1.87 do not know the condition and never show these fields. */
const shownAsTool = { '@tool': [true] };

const cautionNotice: INodeProperties = {
	displayName:
		'Anyone who can message the agent can influence what the model fills in. Take the Reference from your own data, and leave payouts for approval by a person where you can.',
	name: 'agentNotice',
	type: 'notice',
	default: '',
	displayOptions: { show: shownAsTool },
};

const closedNotice = (name: string, reason: string): INodeProperties => ({
	displayName: `AI agents cannot use this operation, because ${reason}.`,
	name,
	type: 'notice',
	default: '',
	displayOptions: { show: shownAsTool },
});

const amountUnknownNotice = closedNotice(
	'agentClosedNotice',
	'the amount it would move is not known in advance',
);

const resultSecretNotice = closedNotice(
	'agentSecretNotice',
	'its result allows paying or charging, and a model must not see it',
);

export const agentSwitch: INodeProperties = {
	displayName: 'Let AI Agents Move Money',
	name: 'agentMoney',
	type: 'boolean',
	noDataExpression: true,
	default: false,
	description:
		'Whether the AI agent may use this operation. It moves money or decides about it: while this is off the node refuses.',
	displayOptions: { show: shownAsTool },
};

const shownWhenSwitchedOn = { show: { ...shownAsTool, [agentSwitch.name]: [true] } };

export const agentMaximum: INodeProperties = {
	displayName: 'Maximum Amount (Rubles)',
	name: 'agentMaximum',
	type: 'number',
	noDataExpression: true,
	typeOptions: { minValue: 0, numberPrecision: 2 },
	default: 0,
	description:
		'The most that one call of the agent may move. Needed: while this is 0 the node refuses. Enter it by hand, an expression is not accepted.',
	displayOptions: shownWhenSwitchedOn,
};

export const agentTotal: INodeProperties = {
	displayName: 'Maximum Total (Rubles)',
	name: 'agentTotal',
	type: 'number',
	noDataExpression: true,
	typeOptions: { minValue: 0, numberPrecision: 2 },
	default: 0,
	description:
		'The most that all calls of the agent may move together in one execution, which in a chat is one message. 0 means as much as Maximum Amount.',
	displayOptions: shownWhenSwitchedOn,
};

/** The fields that the form of an operation shows only when the node is a tool of an agent. */
export function agentFields(policy: AgentPolicy<unknown>): INodeProperties[] {
	if (policy === 'allowed') return [];
	if (policy === 'amountUnknown') return [amountUnknownNotice];
	if (policy === 'resultSecret') return [resultSecretNotice];
	return policy === 'needsSwitch'
		? [cautionNotice, agentSwitch]
		: [cautionNotice, agentSwitch, agentMaximum, agentTotal];
}
