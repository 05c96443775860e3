import { createHmac } from 'crypto';
import type { ICredentialDataDecryptedObject, IExecuteFunctions } from 'n8n-workflow';

import { outcomeFields } from '../../../bank131/session/outcomes';
import type { ProblemText } from '../../shared/messages/problemText';
import { PlainError } from '../../shared/shownTexts';
import { runsAsTool } from '../../shared/toolMode';
import { agentTotal } from '../agent/agentFields';
import {
	findLimitProblem,
	formatRubles,
	readLimits,
	TELL_THE_USER,
	type AgentLimits,
} from '../agent/limits';
import { SpendRecord, type ReservationRefusal } from '../agent/spendRecord';
import type { AgentTransfer, Operation } from '../contract/operation';
import { labelOf } from '../form/labels';
import { outcomeOf, type FailedItem, type FinishedItem } from './itemErrors';
import { identifyingFacts, type ValidItem } from './readItems';
import type { RetryLedger } from './retryLedger';

/**
 * Checks every call of an AI agent before it reaches the bank. Operations that move money run only if a person
 * switched them on, within the limits that this person entered in the node, and at most once per payment
 * (docs/money-safety.md).
 */
export class AgentGuard {
	private constructor(
		private readonly operation: Operation,
		private readonly transferOf: (input: unknown) => AgentTransfer,
		private readonly limits: AgentLimits,
		private readonly record: SpendRecord,
		private readonly secret: string,
	) {}

	/**
	 * The guard of a call; `undefined` if there is nothing to limit: no agent, or an operation that moves no money.
	 * @throws PlainError when agents may not use the operation
	 */
	static create(
		node: IExecuteFunctions,
		operation: Operation,
		{ privateKey }: ICredentialDataDecryptedObject,
	): AgentGuard | undefined {
		if (!runsAsTool(node)) return undefined;
		const refuse = ({ message, remedy: description }: ProblemText): never => {
			throw new PlainError({ message, description });
		};
		const { agentPolicy, action } = operation;
		const limits = readLimits(node.getNode().parameters, agentPolicy, action.toLowerCase());
		if (!limits.ok) return refuse(limits.problem);
		if (!limits.value || typeof agentPolicy !== 'function') return undefined;
		const record = SpendRecord.open(node, operation) ?? refuse(NO_RECORD);
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

	/** Runs the item's payment, or refuses it because of a limit. Nothing has been sent yet. */
	async run(
		item: ValidItem,
		itemIndex: number,
		job: () => Promise<FinishedItem>,
	): Promise<FinishedItem> {
		const refuse = ({ message, remedy: description }: ProblemText): FailedItem => ({
			kind: 'failed',
			itemIndex,
			facts: {
				...identifyingFacts(this.operation, item.input, item.identity),
				...outcomeFields('rejected'),
			},
			message,
			description,
		});
		const transfer = this.transferOf(item.input);
		const label = labelOf(this.operation.fields, transfer.field);
		const limitProblem = findLimitProblem(transfer, this.limits, label);
		if (limitProblem) return refuse(limitProblem);
		const call = {
			identity: item.identity,
			minorUnits: transfer.amount?.minorUnits ?? 0,
			recipientKey: this.recipientKey(transfer),
		};
		return await this.record.inSequence(call, async () => {
			const reservation = this.record.reserve(call, this.limits.total);
			if (!reservation.isGranted)
				return refuse(this.refusalText(reservation.refusal, item.identity));
			const finished = await job();
			this.record.settle(call, reservation.isFirst, outcomeOf(finished));
			return finished;
		});
	}

	/** An HMAC under a key that is not stored with it, because a bare hash of a card number could be guessed. */
	private recipientKey({ recipientIdentity }: AgentTransfer): string {
		const text = JSON.stringify([this.operation.resource, recipientIdentity]);
		return createHmac('sha256', this.secret).update(text).digest('base64').slice(0, 22);
	}

	private refusalText(refusal: ReservationRefusal, identity: string): ProblemText {
		switch (refusal.reason) {
			case 'alreadyPaid':
				return {
					message: `The same amount for the same recipient is at the bank already, as "${refusal.identity}"`,
					remedy: `${TELL_THE_USER} an AI agent may not do it again under another reference. If it is meant twice, a person must do it.`,
				};
			case 'totalExceeded':
				return {
					message: `Together with the ${formatRubles(refusal.reserved)} of earlier calls this is above the ${formatRubles(this.limits.total)} that an AI agent may move in one execution`,
					remedy: `${TELL_THE_USER} a person must do this, or raise "${agentTotal.displayName}" in the node.`,
				};
			default:
				return {
					message: `"${identity}" was used in this execution for another amount or recipient`,
					remedy: `${TELL_THE_USER} each payment needs a reference of its own, from the user's records.`,
				};
		}
	}
}

const NO_RECORD: ProblemText = {
	message: 'n8n keeps no record for this kind of caller (MCP), so no limit could be watched',
	remedy: `${TELL_THE_USER} only an AI Agent node may move money with this tool.`,
};
