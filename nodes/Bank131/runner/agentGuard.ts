import { createHmac } from 'crypto';

import {
	NodeOperationError,
	type ICredentialDataDecryptedObject,
	type IExecuteFunctions,
} from 'n8n-workflow';

import type { UnlocatedProblem } from '../../../bank131/lib/result';
import { runsAsTool } from '../../shared/toolMode';
import { agentTotal } from '../agent/fields';
import { aboveLimit, readLimits, rubles, TELL, type Limits } from '../agent/limits';
import { SpendRecord, type Claim } from '../agent/spendRecord';
import type { AgentTransfer, Operation } from '../contract/operation';
import { labelOf } from '../form/labels';
import { outcomeOf, type FailedItem, type FinishedItem } from './itemErrors';
import { identifyingFacts, type ValidItem } from './readItems';
import type { RetryLedger } from './retryLedger';

/**
 * Restricts an AI agent: operations that move money run only if a person has switched them on, within the limits
 * that the person has set in the node, and at most once per payment (docs/money-safety.md).
 */
export class AgentGuard {
	private constructor(
		private readonly operation: Operation,
		private readonly transferOf: (input: unknown) => AgentTransfer,
		private readonly limits: Limits,
		private readonly record: SpendRecord,
		private readonly secret: string,
	) {}

	/**
	 * Undefined where no limit applies: no agent, or an operation that moves no money.
	 * @throws NodeOperationError when agents may not use the operation
	 */
	static of(
		node: IExecuteFunctions,
		operation: Operation,
		{ privateKey }: ICredentialDataDecryptedObject,
	): AgentGuard | undefined {
		if (!runsAsTool(node)) return undefined;
		const refuse = ({ message, remedy: description }: UnlocatedProblem): never => {
			throw new NodeOperationError(node.getNode(), message, { description });
		};
		const { agentPolicy, action } = operation;
		const limits = readLimits(node.getNode().parameters, agentPolicy, action.toLowerCase());
		if (!limits.ok) return refuse(limits.problem);
		if (!limits.value || typeof agentPolicy !== 'function') return undefined;
		const record = SpendRecord.of(node, operation) ?? refuse(NO_RECORD);
		return new AgentGuard(operation, agentPolicy, limits.value, record, String(privateKey));
	}

	/** A ledger by payment, not by item, for all calls of the agent in the execution. */
	get ledger(): RetryLedger {
		return {
			startedUnderOtherReference: () => undefined,
			startedEarlier: () => undefined,
			refundClaims: () => [],
			recordOutcome: () => {},
			progressOf: (_itemIndex, identity) => this.record.progressStore(identity),
		};
	}

	/** Runs the item's payment unless a limit forbids it; then nothing is sent. */
	async run(
		item: ValidItem,
		itemIndex: number,
		job: () => Promise<FinishedItem>,
	): Promise<FinishedItem> {
		const refuse = ({ message, remedy: description }: UnlocatedProblem): FailedItem => ({
			kind: 'failed',
			itemIndex,
			facts: {
				...identifyingFacts(this.operation, item.input, item.identity),
				outcome: 'rejected',
			},
			message,
			description,
		});
		const transfer = this.transferOf(item.input);
		const label = labelOf(this.operation.fields, transfer.field);
		const above = aboveLimit(transfer, this.limits, label);
		if (above) return refuse(above);
		const call = {
			identity: item.identity,
			minorUnits: transfer.amount?.minorUnits ?? 0,
			who: this.recipientHash(transfer),
		};
		return await this.record.inTurn(call, async () => {
			const claim = this.record.claim(call, this.limits.total);
			if (claim.because) return refuse(this.problemOf(claim, item.identity));
			const result = await job();
			this.record.settle(call, claim.fresh, outcomeOf(result));
			return result;
		});
	}

	/**
	 * A keyed hash of the recipient; the key is not stored with it. An unkeyed hash of a card number could be
	 * guessed.
	 */
	private recipientHash({ to }: AgentTransfer): string {
		const text = JSON.stringify([this.operation.resource, to]);
		return createHmac('sha256', this.secret).update(text).digest('base64').slice(0, 22);
	}

	private problemOf(claim: Claim, identity: string): UnlocatedProblem {
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

const NO_RECORD: UnlocatedProblem = {
	message: 'n8n keeps no record for this kind of caller (MCP), so no limit could be watched',
	remedy: `${TELL} only an AI Agent node may move money with this tool.`,
};
