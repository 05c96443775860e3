import type { INodeProperties } from 'n8n-workflow';

import type { AgentPolicy } from '../contract/operation';

/** Only in the tool variant of the node. n8n 1.85 to 1.87 do not know the condition and never show it. */
const shownAsTool = { '@tool': [true] };

const cautionNotice: INodeProperties = {
	displayName:
		'What the model fills in can be decided by whoever writes to it. Take the Reference from your own data, and leave payouts for approval by a person where you can.',
	name: 'agentNotice',
	type: 'notice',
	default: '',
	displayOptions: { show: shownAsTool },
};

const forbiddenNotice: INodeProperties = {
	displayName:
		'AI agents may not use this operation: nobody can tell beforehand how much it would move.',
	name: 'agentClosedNotice',
	type: 'notice',
	default: '',
	displayOptions: { show: shownAsTool },
};

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

const limitsShown = { show: { ...shownAsTool, [agentSwitch.name]: [true] } };

export const agentMaximum: INodeProperties = {
	displayName: 'Maximum Amount (Rubles)',
	name: 'agentMaximum',
	type: 'number',
	noDataExpression: true,
	typeOptions: { minValue: 0, numberPrecision: 2 },
	default: 0,
	description:
		'The most that one call of the agent may move. Needed: while this is 0 the node refuses. Enter it by hand, an expression is not accepted.',
	displayOptions: limitsShown,
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
	displayOptions: limitsShown,
};

/** What the form of an operation shows to somebody who gives it to an agent. */
export function agentFields(rule: AgentPolicy<unknown>): INodeProperties[] {
	if (rule === 'allowed') return [];
	if (rule === 'forbidden') return [forbiddenNotice];
	return rule === 'needsSwitch'
		? [cautionNotice, agentSwitch]
		: [cautionNotice, agentSwitch, agentMaximum, agentTotal];
}
