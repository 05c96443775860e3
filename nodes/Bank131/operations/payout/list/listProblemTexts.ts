import type {
	ListColumnsProblem,
	ListRowProblem,
	MethodColumn,
	RowProblem,
} from '../../../../../bank131/payoutList/problems';
import {
	createText,
	problemText,
	type ProblemText,
	type ProblemTexts,
} from '../../../../shared/messages/problemText';
import { valueProblemTexts } from '../../../parameters/valueProblemTexts';
import { columnLabel, methodName, methodNames } from './columnLabels';

const MISSING_COLUMNS: Readonly<Record<string, string>> = {
	reference:
		'Add a column with an ID of each payout that stays the same, e.g. the number of the invoice, and call it Reference.',
	amount: 'Call the column with the amounts Amount or Сумма.',
};

/** The sentences of what can be wrong with the columns of a list. They follow the name of the file or of the rows. */
export const listColumnsProblemTexts: ProblemTexts<ListColumnsProblem> = {
	'columns.unknown': (found) =>
		createText(
			`No column of a list of payouts is recognised. Columns found: ${quoted(found)}`,
			'The first line has to hold the names of the columns, such as Reference, Amount, Recipient, Account and BIK (or Номер, Сумма, ФИО, Счёт, БИК). Check the delimiter too.',
		),
	'columns.wrongEncoding': () =>
		createText(
			'The names of the columns were read in the wrong encoding',
			'Read the file here (Read From: CSV File), or set the encoding in the node that reads it.',
		),
	'columns.missing': ({ missing, ...found }) =>
		createText(
			`There is no column for ${missing.map(columnLabel).join(' and ')}. Columns found: ${quoted(found)}`,
			missing.map((column) => MISSING_COLUMNS[column] ?? '').join(' '),
		),
	'columns.noDetails': (found) =>
		createText(
			`The columns hold the complete details of no payout method. Columns found: ${quoted(found)}`,
			'A list needs the columns of at least one method: a card number, account and BIK, phone and bank, a wallet, or a token.',
		),
	'columns.duplicate': ({ column, headers }) =>
		createText(
			`${headers.length} columns can be the ${columnLabel(column)}: ${quoted({ headers })}`,
			'Remove or rename all but one, or enter those that are not meant under Columns to Ignore.',
		),
	'columns.rowNumbers': ({ header }) =>
		createText(
			`"${header}" only numbers the rows, and there is no other column for the Reference`,
			`After a row is inserted, the others have other numbers and would be paid again. ${MISSING_COLUMNS.reference}`,
		),
	'columns.partOfName': ({ header, missing }) =>
		createText(
			`"${header}" is a part of the name only, and there is no column for the ${columnLabel(missing)}`,
			'If it holds the full name, call it Full Name or ФИО. Otherwise add the other column.',
		),
	'columns.ambiguousInn': ({ header }) =>
		createText(
			`"${header}" can be the INN of the recipient or of the self-employed person on the receipt`,
			'Call it Recipient INN (ИНН получателя) or Self-Employed INN (ИНН самозанятого).',
		),
	'columns.unsupportedUnit': ({ header }) =>
		createText(
			`"${header}" holds thousands or millions`,
			'Write the amounts in rubles or in kopecks.',
		),
	'columns.otherUnit': ({ header }) =>
		createText(
			`"${header}" holds whole units, but the option Amount Unit says kopecks`,
			'Remove the option, or correct the name of the column.',
		),
	'table.noRows': () =>
		createText('It has names of columns but no rows', 'Check whether this is the whole list.'),
	'table.empty': () => createText('It is empty', 'Check whether this is the right list.'),
};

const SAY_METHOD: Readonly<Record<MethodColumn, string>> = {
	absent: 'Say in which in a column Payout Method.',
	empty: 'Fill the cell in.',
	vague: 'Say it exactly in the cell.',
};

const rowProblemTexts: ProblemTexts<ListRowProblem> = {
	'row.noPayout': () =>
		createText(
			'This is no payout: it has neither a reference nor the details of a recipient',
			'Remove the row if it is a total or a signature.',
		),
	'row.wrongCellCount': ({ cells, expected }) =>
		createText(
			`It has ${cells === 1 ? '1 cell' : `${cells} cells`}, the header has ${expected}`,
			'The file may be cut off, or a cell holds the delimiter without being quoted. Put that line right.',
		),
	'currency.differs': ({ header, currency }) =>
		createText(
			`The currency is ${currency.toUpperCase()}, but the name of the column with the amounts says ${header.toUpperCase()}`,
			'Correct one of them.',
		),
	'name.partMissing': () =>
		createText('This part of the name is empty', 'Enter it as it is in the passport.'),
	'name.differs': () =>
		createText(
			'The full name differs from its parts in the other columns',
			'Correct it, or leave it to one of them.',
		),
	'word.unknown': ({ text, accepted }) =>
		createText(`"${text}" is not understood here`, `Use one of: ${accepted.join(', ')}.`),
	'method.unknown': ({ text }) =>
		createText(`"${text}" is not a payout method`, `Use one of: ${methodNames()}.`),
	'method.missing': ({ incomplete }) =>
		incomplete.length === 0
			? createText(
					'The row has no details of a recipient',
					'Enter a card number, account and BIK, phone and bank, a wallet, or a token.',
				)
			: createText(
					`The details are not complete: ${incomplete.map(missingText).join('; ')}`,
					'Fill in what is missing.',
				),
	'method.several': ({ methods, column }) =>
		createText(
			`The row can be paid in several ways: ${methods.map(methodName).join(', ')}${column === 'empty' ? ', and the cell that says in which is empty' : ''}`,
			`${SAY_METHOD[column]} Or choose an order under If a Row Fits Several Methods.`,
		),
	'tax.periodUnreadable': () =>
		createText(
			'It is not a tax period',
			'Write it like quarter 3 2026, 3 квартал 2026 or КВ.03.2026.',
		),
	'receipt.incomplete': ({ missing }) =>
		missing === 'selfEmployedInn'
			? createText(
					'A receipt needs the INN of the self-employed person',
					'Enter it, or leave the service empty.',
				)
			: createText('A receipt needs a service', 'Say what the person did.'),
};

const allRowProblemTexts: ProblemTexts<RowProblem> = { ...valueProblemTexts, ...rowProblemTexts };

/** The sentence of a problem of a row. */
export const rowProblemText = (problem: RowProblem): ProblemText =>
	problemText(allRowProblemTexts, problem);

const quoted = ({ headers, hasMore }: { headers: string[]; hasMore?: boolean }): string =>
	headers.map((header) => `"${header}"`).join(', ') + (hasMore ? ', …' : '');

const missingText = ({
	method,
	missing,
}: Extract<ListRowProblem, { code: 'method.missing' }>['incomplete'][number]): string =>
	`${missing.map(columnLabel).join(' and ')} for ${methodName(method)}`;
