import { checkAccount, type PayoutSource } from '../../values/accountNumber';
import {
	checkBik,
	checkFullName,
	checkInn,
	checkKpp,
	checkPurpose,
	checkOpaque,
	type CheckPolicy,
} from '../../values/identifiers';
import { compact, type JsonObject } from '../../lib/json';
import { maskAccount } from '../../values/mask';
import type { CheckedDestination, Destination } from '../order';
import { FieldChecks } from '../../values/fieldProblems';

export type AccountHolder = 'individual' | 'soleProprietor' | 'legalEntity';

export interface HolderInput {
	accountHolder: AccountHolder;
	recipientName: unknown;
	/** 12 digits for a sole proprietor, 10 for a legal entity; not read for individuals. */
	inn: unknown;
	kpp: unknown;
	purpose: unknown;
	/** Through BESP, within an hour. */
	urgent: boolean;
}

/** Longest purpose of a transfer to an account (bank's page "Payouts to a bank account"). */
const MAX_PURPOSE = 210;

/** Russian account (bank's page "Objects" / BankAccountRU), by BIK and number. */
export function accountByNumber(
	input: HolderInput & { account: unknown; bik: unknown; source: PayoutSource },
	policy: CheckPolicy,
): CheckedDestination {
	const checks = new FieldChecks();
	const bik = checks.take('bik', checkBik(input.bik));
	const account = checks.take('account', checkAccount(input.account, bik, policy, input.source));
	return russianAccount(
		checks,
		{ bik, account },
		account === '' ? '' : maskAccount(account),
		input,
		policy,
	);
}

/** The same account by a token of the widget or of `tokenize`. */
export function accountByToken(
	input: HolderInput & { savedAccount: unknown },
	policy: CheckPolicy = { checkDigits: false },
): CheckedDestination {
	const checks = new FieldChecks();
	const token = checks.take('savedAccount', checkOpaque(input.savedAccount, 'Account token'));
	return russianAccount(checks, { token }, 'account token', input, policy);
}

function russianAccount(
	checks: FieldChecks,
	account: JsonObject,
	masked: string,
	input: HolderInput,
	policy: CheckPolicy,
): CheckedDestination {
	const name = checks.take('recipientName', checkFullName(input.recipientName));
	const ru = compact({
		...account,
		full_name: input.accountHolder === 'soleProprietor' ? asProprietor(name) : name,
		description: checks.take('purpose', checkPurpose(input.purpose, MAX_PURPOSE)),
		...holderNumbers(checks, input, policy),
		is_fast: input.urgent ? true : undefined,
	});
	return checks.result<Destination>({
		details: { type: 'bank_account', bank_account: { system_type: 'ru', ru } },
		masked,
		recipientName: name,
		nameInDetails: true,
	});
}

function holderNumbers(checks: FieldChecks, input: HolderInput, policy: CheckPolicy): JsonObject {
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
const asProprietor = (name: string): string => (/^ИП\s/i.test(name) ? name : `ИП ${name}`);
