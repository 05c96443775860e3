/**
 * Wrong types and values from an expression, for each parameter of each operation: either the row is refused with its
 * field before a request is sent, or the request has the same types as the valid request. Rows and valid requests are
 * those of requests.test.mts.
 */
import type { INodeParameterResourceLocator, INodeParameters, INodeProperties } from 'n8n-workflow';

import { errorOf } from '../support/engine.mts';
import {
	nameOf,
	readFixture,
	registeredOperations,
	useRecorder,
	type ScriptedAnswers,
	type Sent,
} from '../support/recorder.mts';

const recorder = useRecorder();

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

/** Fields whose JSON the user defines. */
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
const takesBoolean = named(
	'failOnDeclined',
	'includeOtherFields',
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

interface WrongValue {
	name: string;
	code: string;
	/** Where it may be accepted and must leave no trace in the request. Everywhere else the row is refused. */
	isAccepted: (leaf: Path) => boolean;
}

const wrongValue = (
	name: string,
	code: string,
	isAccepted: WrongValue['isAccepted'] = nowhere,
): WrongValue => ({
	name,
	code,
	isAccepted,
});

const WRONG_VALUES: WrongValue[] = [
	wrongValue('an object', '{ a: 1 }', takesObject),
	// The same as no value..
	wrongValue('an empty object', '({})', takesObject),
	wrongValue('a list', "['one', 'two']", takesTexts),
	wrongValue('an empty list', '[]', takesTexts),
	wrongValue('a list of objects', '[{ a: 1 }]', takesList),
	wrongValue('a Date', 'new Date(1790000000000)', takesDay),
	wrongValue('no Date', "new Date('none')"),
	// Inside a collection n8n converts it to text.
	wrongValue('a DateTime', '$now', (leaf) => takesDay(leaf) || leaf.length > 1),
	wrongValue('a long number', '12345678901234567890', takesLargeNumber),
	wrongValue('NaN', 'NaN'),
	wrongValue('Infinity', 'Infinity'),
	wrongValue('true', 'true', takesBoolean),
	wrongValue('false', 'false', takesBoolean),
	wrongValue('null', 'null', anywhere),
	wrongValue('undefined', 'undefined', anywhere),
	wrongValue('no text', "''", anywhere),
	wrongValue('a blank', "' '", anywhere),
];

const HIDDEN = { 'a line break': '\n', NUL: '\0', 'no width': '\u200b', 'a line end': '\u2028' };

/** The valid text with an invisible character after its first letter. At the end of the text it could be trimmed. */
const withHidden = (text: string): WrongValue[] =>
	Object.entries(HIDDEN).map(([name, character]) =>
		wrongValue(name, literal(text.slice(0, 1) + character + text.slice(1)), anywhere),
	);

/** As JSON inside an expression, which two braces would end and which must not hold line separators. */
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
const coveredLeaves = new Set(
	rows.flatMap(({ parameters }) => leavesOf(parameters).map((leaf) => leaf.join('.'))),
);

/** The row with the default of every option that no other row has. Each option is added to one row only. */
function withNewOptions({ operation, parameters }: Row): INodeParameters {
	const form = registeredOperations().find((one) => nameOf(one) === operation);
	const full = structuredClone(parameters);
	for (const name of COLLECTIONS) {
		const field = form?.fields.find((one) => one.name === name);
		for (const one of (field?.options ?? []) as INodeProperties[]) {
			if (!SIMPLE.includes(one.type) || coveredLeaves.has(`${name}.${one.name}`)) continue;
			coveredLeaves.add(`${name}.${one.name}`);
			full[name] = {
				...(full[name] as INodeParameters),
				[one.name]: one.default,
			} as INodeParameters;
		}
	}
	return full;
}

/** The type of every value in a request, by path. The members of a list share one path. */
function typesOf(body: unknown, path: string): Array<[string, string]> {
	const type = Array.isArray(body) ? 'list' : typeof body;
	const inside = typeof body === 'object' && body !== null ? Object.entries(body) : [];
	return [
		[path, type],
		...inside.flatMap(([key, one]) => typesOf(one, `${path}.${type === 'list' ? '*' : key}`)),
	];
}

const ARTEFACT =
	/\[object|undefined|\bnull\b|NaN|Infinity|Invalid|GMT|^true$|^false$|one,two|1\.2345678901|123456789012345|[\p{Cc}\p{Cf}\u2028\u2029]/u;

/** Paths in a request with a value that no valid request has. */
function artefactsIn(value: unknown, path: string): string[] {
	if (typeof value === 'object' && value !== null) {
		return Object.entries(value).flatMap(([key, one]) => artefactsIn(one, `${path}.${key}`));
	}
	const isClean = typeof value === 'boolean' || (value !== null && !ARTEFACT.test(String(value)));
	return isClean ? [] : [`${path} is ${JSON.stringify(value)}`];
}

/** Differences of the sent requests from the valid requests. */
function faultsOf(sent: Sent[], { requests }: Row, leaf: Path): string[] {
	const valid = requests.flatMap(({ path, body }) => typesOf(body, path));
	const places = new Set(valid.map(([path]) => path));
	const validTypes = new Set(valid.map((one) => one.join(' is a ')));
	return sent.flatMap(({ path, body }) => {
		const endpoint = path.replace(/^\/api\/v\d\//, '');
		const wrongTypes = typesOf(body, endpoint)
			.filter(([path, type]) => places.has(path) && !validTypes.has(`${path} is a ${type}`))
			// Metadata may be an object or a text.
			.filter(([path]) => !(takesJson(leaf) && path === 'session/create.metadata'))
			.map((one) => one.join(' is a '));
		return takesJson(leaf) ? wrongTypes : [...wrongTypes, ...artefactsIn(body, endpoint)];
	});
}

interface Refusal {
	message: string;
	problems?: Array<{ field: string }>;
}

/** Problems of the options of the batch have the field in the message. */
const namesField = ({ message, problems = [] }: Refusal): boolean =>
	problems.some(({ field }) => field !== '') || /^[A-Z][\w ()]+: /.test(message);

/** False for the list of FPS banks: a text may be the name of a bank, so it is looked up before it is refused. */
const movesOn = ({ path }: Sent): boolean => !path.endsWith('/fps/banks');

async function faultsOfValue(
	row: Row,
	leaf: Path,
	{ code, isAccepted }: WrongValue,
): Promise<string[]> {
	const parameters = replaced(row.parameters, leaf, `={{ ${code} }}`);
	const { run, sent, items } = await recorder.run(row.operation, parameters, row.answers, {
		node: { onError: 'continueRegularOutput' },
	});
	expect(errorOf(run)).toBeUndefined();
	const refusal = items[0]?.error as Refusal | undefined;
	if (!refusal) return isAccepted(leaf) ? faultsOf(sent, row, leaf) : ['is accepted'];
	return [
		...(namesField(refusal) ? [] : [`no field is named: ${refusal.message}`]),
		...sent.filter(movesOn).map(({ path }) => `is refused after ${path}`),
	];
}

test.each(rows.map((row) => [`${row.operation} ${row.name}`, row] as const))(
	'%s: each wrong value of each parameter is refused with its field or leaves no trace in the request',
	async (_name, fixture) => {
		const row = { ...fixture, parameters: withNewOptions(fixture) };
		const allFaults: string[] = [];
		for (const leaf of leavesOf(row.parameters)) {
			const valid = valueAt(row.parameters, leaf);
			const asExpression = replaced(row.parameters, leaf, `={{ ${literal(valid)} }}`);
			const { items, sent } = await recorder.run(row.operation, asExpression, row.answers);
			if (sent.length === 0) allFaults.push(`${leaf.join('.')}: the valid value is refused`);
			expect(items[0]?.error).toBeUndefined();
			for (const wrong of [...WRONG_VALUES, ...withHidden(String(valid))]) {
				const faults = await faultsOfValue(row, leaf, wrong);
				allFaults.push(...faults.map((one) => `${leaf.join('.')} as ${wrong.name}: ${one}`));
			}
		}
		expect(allFaults).toEqual([]);
	},
);
