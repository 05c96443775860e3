import { compact, type JsonObject } from '../../../lib/json';
import {
	checkFullName,
	checkInn,
	checkKpp,
	checkPurpose,
	type CheckPolicy,
} from '../../../values/identifiers';
import { FieldValidator } from '../../fieldValidator';
import type { CheckedDestination, Destination } from '../../order';

/** Who holds the account. It decides which tax numbers the bank needs. */
export type AccountHolder = 'individual' | 'soleProprietor' | 'legalEntity';

/** The holder of a Russian account, and the transfer to it. */
export interface AccountHolderInput {
	accountHolder: AccountHolder;
	recipientName: unknown;
	/** 12 digits for a sole proprietor, 10 for a legal entity; not read for individuals. */
	inn: unknown;
	/** Only read for a legal entity. */
	kpp: unknown;
	purpose: unknown;
	/** Transfer by the urgent payment system (BESP), within an hour. */
	urgent: boolean;
}

/** Longest purpose of a transfer to an account (bank's page "Payouts to a bank account"). */
const MAX_PURPOSE = 210;

/** The common part of payouts to a Russian account by number or token. `identity`: the account number or the token. */
export function russianAccountDestination(
	validator: FieldValidator,
	account: { data: JsonObject; identity: string[]; displayText: string },
	input: AccountHolderInput,
	policy: CheckPolicy,
): CheckedDestination<'account'> {
	const name = validator.take('recipientName', checkFullName(input.recipientName));
	const ru = compact({
		...account.data,
		full_name: input.accountHolder === 'soleProprietor' ? soleProprietorName(name) : name,
		description: validator.take('purpose', checkPurpose(input.purpose, MAX_PURPOSE)),
		...holderNumbers(validator, input, policy),
		is_fast: input.urgent ? true : undefined,
	});
	return validator.result<Destination<'account'>>({
		kind: 'account',
		details: { type: 'bank_account', bank_account: { system_type: 'ru', ru } },
		displayText: account.displayText,
		identity: account.identity,
		recipientName: name,
		isNameInDetails: true,
	});
}

function holderNumbers(
	validator: FieldValidator,
	input: AccountHolderInput,
	policy: CheckPolicy,
): JsonObject {
	if (input.accountHolder === 'soleProprietor') {
		return { inn: validator.take('inn', checkInn(input.inn, policy, 12)) };
	}
	if (input.accountHolder === 'legalEntity') {
		return {
			inn: validator.take('inn', checkInn(input.inn, policy, 10)),
			kpp: validator.take('kpp', checkKpp(input.kpp)),
		};
	}
	return {};
}

/** The bank wants a sole proprietor's name as `ИП <full name>`. */
const soleProprietorName = (name: string): string => (/^ИП\s/i.test(name) ? name : `ИП ${name}`);
