/** Payout: Send with Map Each Column: columns of the list that are mapped to nothing, and what their cells say. */
import type { INodeParameters, IRun } from 'n8n-workflow';

import { useFixture } from '../support/engineFixture.mts';
import { errorOf, hintsOf } from '../support/engine.mts';
import { continueError, jsonOf, runOperation, type RunSettings } from '../support/runOperation.mts';

const fixture = useFixture();

const NAME = 'Иванов Иван Иванович';
const CARD = '4242424242424242';

const mapping = (more: INodeParameters = {}): INodeParameters => ({
	payoutMethod: 'eachRow',
	columns: {
		mappingMode: 'defineBelow',
		value: {
			reference: '={{ $json.id }}',
			amount: '={{ $json["Сумма"] }}',
			recipientName: '={{ $json["ФИО"] }}',
			cardNumber: '={{ $json["Карта"] }}',
			...more,
		},
	},
});
const row = (id: string, more: object = {}) => ({
	id,
	Сумма: '10',
	ФИО: NAME,
	Карта: CARD,
	...more,
});

const send = async (
	rows: object[],
	parameters: INodeParameters = mapping(),
	settings: RunSettings = {},
): Promise<IRun> =>
	await runOperation(fixture, 'payout', 'send', parameters, { rows, ...settings });

const hintTextOf = (run: IRun) =>
	hintsOf(run)
		.map(({ message }) => message)
		.join(' ');

describe('a column that is not mapped and says that the row is not to be paid like this', () => {
	test.each<[string, object, string]>([
		['approval: manual', { Согласование: 'вручную' }, 'Confirmation'],
		['approval: manual, in English', { Approval: ' Manual' }, 'Confirmation'],
		['approval: a word that is not understood', { Подтверждение: 'директор' }, 'Confirmation'],
		['a receipt is wanted', { Чек: 'да' }, 'Issue Fiscal Receipt'],
		['a receipt: a word that is not understood', { Receipt: 'maybe' }, 'Issue Fiscal Receipt'],
		['the INN of a receipt', { 'ИНН самозанятого': '131000004471' }, 'Self-Employed INN'],
		['another currency', { Валюта: 'USD' }, 'Currency'],
		['another method', { Способ: 'СБП' }, 'Payout Method'],
		['a method that there is none of', { 'Способ выплаты': 'касса' }, 'Payout Method'],
	])('%s: the row is refused before anything is sent', async (_name, cell, label) => {
		const rows = [row('u-1'), row('u-2', cell)];
		const [header] = Object.keys(cell);
		const stopped = errorOf(await send(rows))!;
		expect(stopped.message).toBe(
			`Row 2: Column "${header}" is not mapped to ${label}, and the row would be paid otherwise than it says`,
		);
		expect(stopped.description).toContain('Columns to Ignore');
		expect(fixture.sandbox.requests).toEqual([]);

		const run = await send(rows, mapping(), { node: continueError });
		expect(jsonOf(run).map(({ reference }) => reference)).toEqual(['u-1']);
		expect(jsonOf(run, 1)[0].error).toMatchObject({ outcome: 'rejected', reference: 'u-2' });
		expect(hintTextOf(run)).toContain(`Not mapped, and so not used: "${header}" (${label}).`);
	});

	test.each<[string, object, INodeParameters]>([
		['says what is done', { Согласование: 'авто', Чек: 'нет', Валюта: 'руб', Способ: 'карта' }, {}],
		['is empty', { Согласование: '', Чек: ' ', Валюта: null, Способ: '' }, {}],
		[
			'asks for less than the form holds back',
			{ Согласование: 'авто' },
			{ confirmation: 'manual' },
		],
		[
			'is to be ignored',
			{ Согласование: 'вручную', Чек: 'да' },
			{ ignoredColumns: ['согласование', 'Чек'] },
		],
		[
			'is read by an expression of the form',
			{ Согласование: 'вручную' },
			{ confirmation: '={{ $json["Согласование"] === "вручную" ? "automatic" : "manual" }}' },
		],
	])('a column that %s: the row is sent', async (_name, cell, form) => {
		const [item] = jsonOf(await send([row('p-1', cell)], { ...mapping(), ...form }));
		expect(item).toMatchObject({
			reference: 'p-1',
			outcome: expect.stringMatching(/^(succeeded|awaiting)/),
		});
	});

	test('mapped columns are heeded', async () => {
		const parameters = mapping({ confirmation: '={{ $json["Согласование"] }}' });
		const run = await send([row('m-1', { Согласование: 'вручную' })], parameters);
		expect(jsonOf(run)[0]).toMatchObject({ outcome: 'awaitingConfirmation' });
		expect(hintTextOf(run)).not.toContain('Not mapped');
	});
});

test('the output names what Map Automatically would have used, and nothing else', async () => {
	const more = {
		Назначение: 'За работы',
		Отдел: 'Продажи',
		Фамилия: 'Иванов',
		'К выплате': 9,
		Телефон: '',
	};
	const run = await send([row('h-1', more)]);
	expect(jsonOf(run)[0]).toMatchObject({ outcome: 'succeeded' });
	expect(hintTextOf(run)).toContain(
		'Not mapped, and so not used: "Назначение" (Purpose), "Телефон" (Phone Number).',
	);
});

describe('what the name of the column of amounts says', () => {
	const amountFrom = (expression: string, form: INodeParameters = {}) => ({
		...mapping({ amount: expression }),
		...form,
	});
	test.each<[string, string, object, string]>([
		['kopecks', '={{ $json["Сумма, коп."] }}', { 'Сумма, коп.': 12345 }, '123.45'],
		['rubles', '={{ $json["Сумма, руб."] }}', { 'Сумма, руб.': '123,45' }, '123.45'],
		[
			'a calculation decides itself',
			'={{ $json["Сумма, коп."] / 100 }}',
			{ 'Сумма, коп.': 12345 },
			'123.45',
		],
	])('%s', async (_name, expression, cell, amount) => {
		const [item] = jsonOf(await send([row('a-1', cell)], amountFrom(expression)));
		expect(item).toMatchObject({ outcome: 'succeeded', amount, currency: 'RUB' });
	});

	test.each<[string, string, INodeParameters, string]>([
		['thousands', 'Сумма, тыс. руб.', {}, 'holds thousands or millions'],
		[
			'rubles, although kopecks are set',
			'Сумма, руб.',
			{ amountUnit: 'minor' },
			'holds whole units',
		],
	])('%s: refused', async (_name, header, options, message) => {
		const parameters = amountFrom(`={{ $json["${header}"] }}`);
		const run = await send([row('a-2', { [header]: '10' })], parameters, { options });
		expect(errorOf(run)?.message).toContain(message);
		expect(fixture.sandbox.requests).toEqual([]);
	});
});

describe('the currency that the form sets for all rows', () => {
	const form = { ...mapping(), additionalFields: { currency: 'USD' } };
	test.each<[string, INodeParameters]>([
		['Map Each Column', form],
		['Map Automatically', { ...form, columns: { mappingMode: 'autoMapInputData', value: null } }],
	])('%s', async (_name, parameters) => {
		await send([{ ...row('c-1'), Reference: 'c-1' }], parameters);
		const start = fixture.sandbox.requests.find(({ path }) => path.endsWith('start/payout'));
		expect(JSON.stringify(start?.body)).toContain('"currency":"usd"');
	});
});
