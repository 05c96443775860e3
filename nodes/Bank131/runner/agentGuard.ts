import { createHmac } from 'crypto';

import {
	NodeOperationError,
	type ICredentialDataDecryptedObject,
	type IExecuteFunctions,
} from 'n8n-workflow';

import type { Trouble } from '../../../bank131/lib/result';
import { outcomeOf, type FailedItem, type Finished } from './itemErrors';
import type { Pages } from './retryLedger';
import type { Operation, Stake } from '../contract/operation';
import { labelOf } from '../form/labels';
import { asked, type Ready } from './readItems';
import { runsAsTool } from '../../shared/toolMode';
import { agentTotal } from '../agent/fields';
import { aboveLimit, readLimits, rubles, TELL, type Limits } from '../agent/limits';
import { AgentRecord, type Claim } from '../agent/spendRecord';

/**
 * Stands between an AI agent and the bank: operations that move money run only if a person switched them on, within the
 * limits that this person wrote into the node, and at most once per payment (docs/money-safety.md).
 */
export class AgentGuard {
	private constructor(
		private readonly operation: Operation,
		private readonly stakeOf: (input: unknown) => Stake,
		private readonly limits: Limits,
		private readonly record: AgentRecord,
		private readonly secret: string,
	) {}

	/**
	 * Undefined where there is nothing to watch: no agent, or an operation that moves no money.
	 * @throws NodeOperationError when agents may not use the operation
	 */
	static of(
		node: IExecuteFunctions,
		operation: Operation,
		{ privateKey }: ICredentialDataDecryptedObject,
	): AgentGuard | undefined {
		if (!runsAsTool(node)) return undefined;
		const refuse = ({ message, remedy: description }: Trouble): never => {
			throw new NodeOperationError(node.getNode(), message, { description });
		};
		const { forAgents, action } = operation;
		const limits = readLimits(node.getNode().parameters, forAgents, action.toLowerCase());
		if (!limits.ok) return refuse(limits.problem);
		if (!limits.value || typeof forAgents !== 'function') return undefined;
		const record = AgentRecord.of(node, operation) ?? refuse(NO_RECORD);
		return new AgentGuard(operation, forAgents, limits.value, record, String(privateKey));
	}

	/** The agent's own ledger: by payment, not by item, and for all of its calls in the execution. */
	get pages(): Pages {
		return {
			begunAs: () => undefined,
			begun: () => undefined,
			claims: () => [],
			told: () => {},
			page: (_itemIndex, identity) => this.record.memory(identity),
		};
	}

	/** Runs the row's payment unless a limit stands against it. Nothing has been sent yet. */
	async run(row: Ready, itemIndex: number, job: () => Promise<Finished>): Promise<Finished> {
		const refuse = ({ message, remedy: description }: Trouble): FailedItem => ({
			failure: 'failed',
			itemIndex,
			facts: { ...asked(this.operation, row.input, row.identity), outcome: 'rejected' },
			message,
			description,
		});
		const stake = this.stakeOf(row.input);
		const label = labelOf(this.operation.fields, stake.field);
		const above = aboveLimit(stake, this.limits, label);
		if (above) return refuse(above);
		const call = {
			identity: row.identity,
			minorUnits: stake.amount?.minorUnits ?? 0,
			who: this.mark(stake),
		};
		return await this.record.inTurn(call, async () => {
			const claim = this.record.claim(call, this.limits.total);
			if (claim.because) return refuse(this.explain(claim, row.identity));
			const end = await job();
			this.record.settle(call, claim.fresh, outcomeOf(end));
			return end;
		});
	}

	/** The recipient under a key that is not stored with it: a bare hash of a card number could be guessed. */
	private mark({ to }: Stake): string {
		const text = JSON.stringify([this.operation.resource, to]);
		return createHmac('sha256', this.secret).update(text).digest('base64').slice(0, 22);
	}

	private explain(claim: Claim, identity: string): Trouble {
		switch (claim.because) {
			case 'paidUnder':
				return {
					message: `The same amount for the same recipient is at the bank already, as "${claim.identity}"`,
					remedy: `${TELL} an AI agent may not do it again under another reference. If it is meant twice, a person must do it.`,
				};
			case 'total':
				return {
					message: `Together with the ${rubles(claim.moved)} of earlier calls this is above the ${rubles(this.limits.total)} that an AI agent may move in one execution`,
					remedy: `${TELL} a person must do this, or raise "${agentTotal.displayName}" in the node.`,
				};
			default:
				return {
					message: `"${identity}" was used in this execution for another amount or recipient`,
					remedy: `${TELL} each payment needs a reference of its own, from the user's records.`,
				};
		}
	}
}

const NO_RECORD: Trouble = {
	message: 'n8n keeps no record for this kind of caller (MCP), so no limit could be watched',
	remedy: `${TELL} only an AI Agent node may move money with this tool.`,
};
