import { compact, type Json, type JsonObject } from '../../../lib/json';
import { FieldValidator } from '../../fieldValidator';
import {
	checkFullName,
	checkInn,
	checkKpp,
	checkPurpose,
	type CheckPolicy,
} from '../../../values/identifiers';
import type { CheckedDestination, Destination } from '../../order';

export type AccountHolder = 'individual' | 'soleProprietor' | 'legalEntity';

export interface AccountHolderInput {
	accountHolder: AccountHolder;
	recipientName: unknown;
	/** 12 digits for a sole proprietor, 10 for a legal entity; not read for individuals. */
	inn: unknown;
	kpp: unknown;
	purpose: unknown;
	/** By BESP, within an hour. */
	urgent: boolean;
}

/** Longest purpose of a transfer to an account (bank's page "Payouts to a bank account"). */
const MAX_PURPOSE = 210;

/** The common part of payouts to a Russian account by number or token. `identity`: the account number or the token. */
export function russianAccountDestination(
	checks: FieldValidator,
	account: { data: JsonObject; identity: Json; masked: string },
	input: AccountHolderInput,
	policy: CheckPolicy,
): CheckedDestination<'account'> {
	const name = checks.take('recipientName', checkFullName(input.recipientName));
	const ru = compact({
		...account.data,
		full_name: input.accountHolder === 'soleProprietor' ? soleProprietorName(name) : name,
		description: checks.take('purpose', checkPurpose(input.purpose, MAX_PURPOSE)),
		...holderNumbers(checks, input, policy),
		is_fast: input.urgent ? true : undefined,
	});
	return checks.result<Destination<'account'>>({
		kind: 'account',
		details: { type: 'bank_account', bank_account: { system_type: 'ru', ru } },
		masked: account.masked,
		identity: account.identity,
		recipientName: name,
		nameInDetails: true,
	});
}

function holderNumbers(
	checks: FieldValidator,
	input: AccountHolderInput,
	policy: CheckPolicy,
): JsonObject {
	if (input.accountHolder === 'soleProprietor') {
		return { inn: checks.take('inn', checkInn(input.inn, policy, 12)) };
	}
	if (input.accountHolder === 'legalEntity') {
		return {
			inn: checks.take('inn', checkInn(input.inn, policy, 10)),
			kpp: checks.take('kpp', checkKpp(input.kpp)),
		};
	}
	return {};
}

/** The bank wants a sole proprietor's name as `ИП <full name>`. */
const soleProprietorName = (name: string): string => (/^ИП\s/i.test(name) ? name : `ИП ${name}`);
