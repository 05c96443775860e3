/** The list of the demo as other people keep it: Russian headers and words, as XLSX and as Excel's CSV. */
import { writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { parseKopecks, readSheet, type RecipientRow } from '../../../playground/demo/sheets.mts';
import { ensureN8n } from '../../../playground/install/n8n.mts';
import type { ProgressLog } from '../../../playground/lib/progress.mts';
import { examplesFolder } from '../../../playground/workflows/importExample.mts';
import { encodeText } from '../../support/encodings.mts';

/** The list of the demo. */
export const recipientsFile = join(examplesFolder, 'recipients.csv');

/** The rows of the list of the demo. */
export const readRecipients = async () => await readSheet<RecipientRow>(recipientsFile);

/** Russian headers. The payer of the receipts is in no column: it is entered in the form. */
const HEADERS: ReadonlyArray<readonly [column: string, header: string]> = [
	['reference', '№ выплаты'],
	['recipient', 'ФИО'],
	['method', 'Способ выплаты'],
	['amount', 'Сумма, руб.'],
	['approval', 'Согласование'],
	['card', 'Номер карты'],
	['token', 'Токен'],
	['account', 'Расчётный счёт'],
	['bik', 'БИК'],
	['holder', 'Тип получателя'],
	['inn', 'ИНН получателя'],
	['kpp', 'КПП'],
	['urgent', 'Срочно'],
	['phone', 'Телефон'],
	['fpsBank', 'Банк получателя'],
	['wallet', 'Кошелёк'],
	['taxPeriod', 'Налоговый период'],
	['purpose', 'Назначение платежа'],
	['selfEmployedInn', 'ИНН самозанятого'],
	['service', 'Услуга'],
	['note', 'Примечание'],
];

const WORDS: Readonly<Record<string, string>> = {
	cardNumber: 'на карту',
	cardHash: 'хеш карты',
	cardToken: 'токен карты',
	bankAccount: 'на счёт',
	bankAccountToken: 'токен счёта',
	fps: 'СБП',
	yoomoney: 'ЮMoney',
	qiwi: 'Киви',
	tax: 'налог',
	individual: 'физлицо',
	soleProprietor: 'ИП',
	legalEntity: 'юрлицо',
	manual: 'вручную',
	yes: 'да',
	'100000000004': 'Т-Банк',
	'quarter 3 2026': 'КВ.03.2026',
};

/** The cells of a Russian sheet, its header first. */
const russianCells = (rows: RecipientRow[]): string[][] => [
	HEADERS.map(([, header]) => header),
	...rows.map((row) => HEADERS.map(([column]) => WORDS[row[column]] ?? row[column])),
];

/** Writes the Russian sheet as Excel's "CSV (semicolon)" in Windows-1251. */
export async function writeExcelCsv(path: string): Promise<void> {
	const quoted = (cell: string) => (/[;"\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
	const lines = russianCells(await readRecipients()).map((cells) => cells.map(quoted).join(';'));
	await writeFile(path, encodeText(`${lines.join('\r\n')}\r\n`, 'windows-1251'));
}

interface SheetLibrary {
	utils: {
		aoa_to_sheet(cells: unknown[][]): object;
		book_new(): object;
		book_append_sheet(book: object, sheet: object, name: string): void;
	};
	write(book: object, options: { type: 'buffer'; bookType: 'xlsx'; bookSST: boolean }): Buffer;
}

/** Writes the Russian sheet as XLSX, with amounts as numbers, by the library that n8n 2.41 has installed. */
export async function writeXlsx(path: string, log: ProgressLog): Promise<void> {
	const { n8nPath } = await ensureN8n(log);
	const { utils, write } = createRequire(n8nPath)('@e965/xlsx') as SheetLibrary;
	const amount = HEADERS.findIndex(([column]) => column === 'amount');
	const cells = russianCells(await readRecipients()).map((row) =>
		row.map((cell, index) => {
			const kopecks = index === amount ? parseKopecks(cell) : undefined;
			return kopecks === undefined ? cell : kopecks / 100;
		}),
	);
	const book = utils.book_new();
	utils.book_append_sheet(book, utils.aoa_to_sheet(cells), 'Выплаты');
	await writeFile(path, write(book, { type: 'buffer', bookType: 'xlsx', bookSST: true }));
}
