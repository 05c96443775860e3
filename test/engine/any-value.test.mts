/**
 * Whatever an expression gives for any parameter of any operation: the row is refused and its field named before anything is
 * sent, or what goes to the bank is as clean as the valid request. Rows and valid requests are those of requests.test.mts.
 */
import type { INodeParameterResourceLocator, INodeParameters, INodeProperties } from 'n8n-workflow';

import { errorOf } from '../support/engine.mts';
import {
	nameOf,
	readFixture,
	Recorder,
	registeredOperations,
	type ScriptedAnswers,
	type Sent,
} from '../support/recorder.mts';

interface Row {
	name: string;
	operation: string;
	parameters: INodeParameters;
	answers?: ScriptedAnswers;
	requests: Array<{ path: string; body?: unknown }>;
}

const rows = ['payouts', 'payments', 'sessions', 'others'].flatMap((file) =>
	readFixture<Row[]>(`requests/${file}.json`),
);

/** Keys and indexes from the parameters to one value. */
type Path = Array<string | number>;

const named =
	(...names: string[]) =>
	(leaf: Path) =>
		names.includes(String(leaf.at(-1)));

/** What is in these is the user's own. */
const takesList = named('paymentList', 'payoutList');
const takesObject = named(
	'metadata',
	'sessionMetadata',
	'confirmInformation',
	'identity_document',
	'deviceToken',
);
const takesJson = (leaf: Path) => takesList(leaf) || takesObject(leaf);
const takesDay = named('date_of_birth', 'date_of_incorporation', 'dateFrom', 'dateTo');
const takesTexts = named('deviceSessionId', 'notificationIds', 'values');
const takesLargeNumber = named(
	'parallelRequests',
	'requestsPerSecond',
	'requestTimeout',
	'timeLimit',
);
const takesTruth = named(
	'failOnDeclined',
	'issueReceipt',
	'makeRecurring',
	'remains',
	'showRecurrentCheckbox',
	'simplify',
	'successOnHold',
	'urgent',
);
const anywhere = () => true;
const nowhere = () => false;

interface Mistake {
	name: string;
	code: string;
	/** Where it may be taken, and must then leave no trace; everywhere else the row is refused. */
	taken: (leaf: Path) => boolean;
}

const given = (name: string, code: string, taken: Mistake['taken'] = nowhere): Mistake => ({
	name,
	code,
	taken,
});

const MISTAKES: Mistake[] = [
	given('an object', '{ a: 1 }', takesObject),
	// As if nothing had been entered.
	given('an empty object', '({})', takesObject),
	given('a list', "['one', 'two']", takesTexts),
	given('an empty list', '[]', takesTexts),
	given('a list of objects', '[{ a: 1 }]', takesList),
	given('a Date', 'new Date(1790000000000)', takesDay),
	given('no Date', "new Date('none')"),
	// Inside a collection n8n makes text of it.
	given('a DateTime', '$now', (leaf) => takesDay(leaf) || leaf.length > 1),
	given('a long number', '12345678901234567890', takesLargeNumber),
	given('NaN', 'NaN'),
	given('Infinity', 'Infinity'),
	given('true', 'true', takesTruth),
	given('false', 'false', takesTruth),
	given('null', 'null', anywhere),
	given('undefined', 'undefined', anywhere),
	given('no text', "''", anywhere),
	given('a blank', "' '", anywhere),
];

const HIDDEN = { 'a line break': '\n', NUL: '\0', 'no width': '\u200b', 'a line end': '\u2028' };

/** The valid text with something in it that nobody sees; at its end it may be cut off. */
const withHidden = (text: string): Mistake[] =>
	Object.entries(HIDDEN).map(([name, character]) =>
		given(name, literal(text.slice(0, 1) + character + text.slice(1)), anywhere),
	);

/** As it may stand in an expression, where two braces end it and a line must not. */
const literal = (value: unknown): string =>
	JSON.stringify(value)
		.replace(/\}(?=\})/g, '} ')
		.replace(/[\u200b\u2028]/g, (one) => `\\u${one.charCodeAt(0).toString(16)}`);

function leavesOf(value: unknown, path: Path = []): Path[] {
	if (typeof value !== 'object' || value === null || takesJson(path)) return [path];
	if ((value as INodeParameterResourceLocator).__rl) return [path, [...path, 'value']];
	return Object.entries(value).flatMap(([key, one]) => leavesOf(one, [...path, key]));
}

const valueAt = (value: unknown, path: Path): unknown =>
	path.reduce<unknown>((inside, key) => (inside as Record<string, unknown>)[key], value);

function replaced<T>(value: T, path: Path, by: unknown): T {
	const copy = structuredClone(value);
	Object.assign(valueAt(copy, path.slice(0, -1)) as object, { [path.at(-1)!]: by });
	return copy;
}

const COLLECTIONS = ['options', 'additionalFields'];
const SIMPLE = ['boolean', 'json', 'number', 'options', 'string'];
const tried = new Set(
	rows.flatMap(({ parameters }) => leavesOf(parameters).map((leaf) => leaf.join('.'))),
);

/** The row with every option that no row has, as it stands in the form at first; each option once. */
function withNewOptions({ operation, parameters }: Row): INodeParameters {
	const form = registeredOperations().find((one) => nameOf(one) === operation);
	const full = structuredClone(parameters);
	for (const name of COLLECTIONS) {
		const field = form?.fields.find((one) => one.name === name);
		for (const one of (field?.options ?? []) as INodeProperties[]) {
			if (!SIMPLE.includes(one.type) || tried.has(`${name}.${one.name}`)) continue;
			tried.add(`${name}.${one.name}`);
			full[name] = {
				...(full[name] as INodeParameters),
				[one.name]: one.default,
			} as INodeParameters;
		}
	}
	return full;
}

/** The type of every value in a request, by its place; the members of a list have one. */
function typesOf(body: unknown, place: string): Array<[string, string]> {
	const type = Array.isArray(body) ? 'list' : typeof body;
	const inside = typeof body === 'object' && body !== null ? Object.entries(body) : [];
	return [
		[place, type],
		...inside.flatMap(([key, one]) => typesOf(one, `${place}.${type === 'list' ? '*' : key}`)),
	];
}

const ARTEFACT =
	/\[object|undefined|\bnull\b|NaN|Infinity|Invalid|GMT|^true$|^false$|one,two|1\.2345678901|123456789012345|[\p{Cc}\p{Cf}\u2028\u2029]/u;

/** Places of a request that hold what no valid one does. */
function artefactsIn(value: unknown, place: string): string[] {
	if (typeof value === 'object' && value !== null) {
		return Object.entries(value).flatMap(([key, one]) => artefactsIn(one, `${place}.${key}`));
	}
	const isClean = typeof value === 'boolean' || (value !== null && !ARTEFACT.test(String(value)));
	return isClean ? [] : [`${place} is ${JSON.stringify(value)}`];
}

/** What is wrong with what was sent, beside the valid requests. */
function faultsOf(sent: Sent[], { requests }: Row, leaf: Path): string[] {
	const valid = requests.flatMap(({ path, body }) => typesOf(body, path));
	const places = new Set(valid.map(([place]) => place));
	const known = new Set(valid.map((one) => one.join(' is a ')));
	return sent.flatMap(({ path, body }) => {
		const endpoint = path.replace(/^\/api\/v\d\//, '');
		const strange = typesOf(body, endpoint)
			.filter(([place, type]) => places.has(place) && !known.has(`${place} is a ${type}`))
			.map((one) => one.join(' is a '));
		return takesJson(leaf) ? strange : [...strange, ...artefactsIn(body, endpoint)];
	});
}

interface Refusal {
	message: string;
	problems?: Array<{ field: string }>;
}

/** Options of the whole batch are named in the message. */
const namesField = ({ message, problems = [] }: Refusal): boolean =>
	problems.some(({ field }) => field !== '') || /^[A-Z][\w ()]+: /.test(message);

let recorder: Recorder;
beforeAll(async () => {
	recorder = await Recorder.open();
});
afterAll(async () => await recorder.close());

async function complaints(row: Row, leaf: Path, { code, taken }: Mistake): Promise<string[]> {
	const parameters = replaced(row.parameters, leaf, `={{ ${code} }}`);
	const { run, sent, items } = await recorder.run(row.operation, parameters, row.answers, {
		node: { onError: 'continueRegularOutput' },
	});
	expect(errorOf(run)).toBeUndefined();
	const refusal = items[0]?.error as Refusal | undefined;
	if (!refusal) return taken(leaf) ? faultsOf(sent, row, leaf) : ['is taken'];
	return [
		...(namesField(refusal) ? [] : [`no field is named: ${refusal.message}`]),
		...sent.map(({ path }) => `is refused after ${path}`),
	];
}

test.each(rows.map((row) => [`${row.operation} ${row.name}`, row] as const))(
	'%s',
	async (_name, fixture) => {
		const row = { ...fixture, parameters: withNewOptions(fixture) };
		const found: string[] = [];
		for (const leaf of leavesOf(row.parameters)) {
			const valid = valueAt(row.parameters, leaf);
			const asExpression = replaced(row.parameters, leaf, `={{ ${literal(valid)} }}`);
			const { items, sent } = await recorder.run(row.operation, asExpression, row.answers);
			if (sent.length === 0) found.push(`${leaf.join('.')}: the valid value is refused`);
			expect(items[0]?.error).toBeUndefined();
			for (const mistake of [...MISTAKES, ...withHidden(String(valid))]) {
				const wrong = await complaints(row, leaf, mistake);
				found.push(...wrong.map((one) => `${leaf.join('.')} as ${mistake.name}: ${one}`));
			}
		}
		expect(found).toEqual([]);
	},
);
