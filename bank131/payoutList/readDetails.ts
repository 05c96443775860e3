import { normalizeSpelling, valueText } from '../values/text';
import { detailOf } from './chooseMethod';
import { cleanCell, restoreBik } from './cleanCell';
import { payoutMethodFields, type PayoutField, type PayoutMethod } from './fields';
import { foldName } from './foldName';
import type { RowReader } from './rowReader';
import { parseTaxPeriod } from './taxPeriod';

/** Fields that are not read from a single cell. */
const READ_APART: ReadonlySet<PayoutField> = new Set([
	'recipientName',
	'accountHolder',
	'inn',
	'kpp',
	'urgent',
]);

/** Reads the details of the recipient that this method has. */
export function readDetails(row: RowReader, method: PayoutMethod): { restoredBik?: string } {
	if (method === 'tax') {
		readTaxPeriod(row);
		return {};
	}
	const { needs, others } = payoutMethodFields[method];
	const fields: readonly PayoutField[] = [...needs, ...others];
	for (const field of fields) {
		const cell = READ_APART.has(field) ? undefined : detailOf(row.cells, method, field);
		if (cell !== undefined) row.values[field] = cleanCell(field, cell, method);
	}
	if (method !== 'bankAccount' && method !== 'bankAccountToken') return {};
	readAccountHolder(row, method);
	const restoredBik = restoreBik(row.values.bik, row.values.account);
	if (restoredBik !== undefined) row.values.bik = restoredBik;
	return { restoredBik };
}

/** The full name, from its own column or from its parts. Both must be the same name. */
export function readName(row: RowReader): void {
	const whole = row.cells.get('recipientName');
	const joined = joinParts(row);
	if (
		whole !== undefined &&
		joined !== undefined &&
		foldName(valueText(whole)) !== foldName(joined)
	) {
		row.addProblem('recipientName', { code: 'name.differs' });
	}
	const name = whole ?? joined;
	if (name !== undefined) row.values.recipientName = cleanCell('recipientName', name);
}

/** Surname, first name and patronymic as one text; `undefined` without them. A patronymic may be absent. */
function joinParts(row: RowReader): string | undefined {
	if (!row.hasColumn('lastName') || !row.hasColumn('firstName')) return undefined;
	const parts = (['lastName', 'firstName', 'middleName'] as const).filter((part) =>
		row.cells.has(part),
	);
	if (parts.length === 0) return undefined;
	for (const part of ['lastName', 'firstName'] as const) {
		if (!row.cells.has(part)) row.addProblem(part, { code: 'name.partMissing', part });
	}
	return normalizeSpelling(parts.map((part) => row.text(part)).join(' '));
}

/** First digits of the accounts of companies among those that the bank pays to (`payableAccounts`). */
const COMPANY_ACCOUNT = /^(?:40502|40701|40702)/;
const SOLE_PROPRIETOR_ACCOUNT = /^40802/;
const SOLE_PROPRIETOR_NAME = /^(?:ИП|индивидуальный предприниматель)\s/i;

/**
 * Whose account it is: as the row says, else as the first digits of the account say, else (a token) as INN and name
 * say. INN and KPP are left out where the holder has none.
 */
function readAccountHolder(row: RowReader, method: PayoutMethod): void {
	const { values } = row;
	const inn = row.cells.get('inn') ?? row.cells.get('anyInn');
	const holder =
		row.word('accountHolder') ??
		(method === 'bankAccount'
			? holderOfAccount(valueText(values.account))
			: holderOfToken(valueText(inn), valueText(values.recipientName)));
	const kpp = row.cells.get('kpp');
	values.accountHolder = holder;
	if (holder !== 'individual' && inn !== undefined) values.inn = cleanCell('inn', inn);
	if (holder === 'legalEntity' && kpp !== undefined) values.kpp = cleanCell('kpp', kpp);
	const urgent = row.word('urgent');
	if (urgent !== undefined) values.urgent = urgent;
}

function holderOfAccount(account: string): string {
	if (COMPANY_ACCOUNT.test(account)) return 'legalEntity';
	return SOLE_PROPRIETOR_ACCOUNT.test(account) ? 'soleProprietor' : 'individual';
}

function holderOfToken(inn: string, name: string): string {
	if (/^\d{10}$/.test(inn)) return 'legalEntity';
	return SOLE_PROPRIETOR_NAME.test(name) ? 'soleProprietor' : 'individual';
}

/** Reads the tax period, from its three columns or from one text. */
function readTaxPeriod(row: RowReader): void {
	const { values, cells } = row;
	const text = row.text('taxPeriod');
	if (text !== '') {
		const period = parseTaxPeriod(text);
		if (period) Object.assign(values, period);
		else row.addProblem('taxPeriod', { code: 'tax.periodUnreadable' });
		return;
	}
	const type = row.word('taxPeriodType');
	if (type !== undefined) values.taxPeriodType = type;
	for (const field of ['taxPeriodNumber', 'taxPeriodYear'] as const) {
		if (cells.has(field)) values[field] = cleanCell(field, cells.get(field));
	}
}
