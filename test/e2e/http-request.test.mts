import fc from 'fast-check';
import { openPlayground, type Playground } from '../../playground/host/playground.mts';

/** Values that can break a signature over JSON: non-Latin text, line separators, floats, empty objects. */
const words = fc.oneof(
	fc.string({ unit: 'grapheme', maxLength: 12 }),
	fc.constantFrom(
		'Иванов Иван',
		'ООО «Вектор»',
		'👩‍💻🇷🇺',
		'a\u2028b\u2029c',
		'\\/"',
		' ',
		'\u0000\u001f',
	),
);
const leaves = fc.oneof(words, fc.double({ noNaN: true, noDefaultInfinity: true }), fc.integer());
const body = fc.dictionary(
	fc.oneof(fc.string({ maxLength: 8 }), fc.constantFrom('сумма', 'ключ\u2028', '')),
	fc.oneof(
		leaves,
		fc.constantFrom(null, true, {}, [], { a: { b: { c: null } } }, [null, [null, {}]]),
		fc.array(leaves, { maxLength: 4 }),
		fc.dictionary(words, leaves, { maxKeys: 4 }),
	),
	{ maxKeys: 6 },
);

const bodies: unknown[] = [{}, ...fc.sample(body, { numRuns: 999, seed: 131 })];

describe("n8n's own HTTP Request node with this package's credential", () => {
	let playground: Playground;

	beforeAll(async () => {
		playground = await openPlayground({ log: (text) => process.stderr.write(`${text}\n`) });
	});

	afterAll(async () => await playground?.close());

	test('1,000 random JSON bodies: the bank accepts every signature', async () => {
		const { rest, sandbox, credential } = playground;
		// Not a real method: the bank verifies the signature first, and its later error does not matter here.
		const url = `${sandbox.url}/api/v2/signature/only`;
		const workflow = await rest.createWorkflow({
			name: 'HTTP Request',
			nodes: [
				{
					id: '1',
					name: 'Start',
					type: 'n8n-nodes-base.manualTrigger',
					typeVersion: 1,
					position: [0, 0],
					parameters: {},
				},
				{
					id: '2',
					name: 'Bodies',
					type: 'n8n-nodes-base.code',
					typeVersion: 2,
					position: [200, 0],
					// As text, so that n8n passes exactly these keys (also "" and "__proto__").
					parameters: {
						jsCode: `return ${JSON.stringify(bodies.map((one) => JSON.stringify(one)))}.map((body) => ({ json: { body } }))`,
					},
				},
				{
					id: '3',
					name: 'HTTP Request',
					type: 'n8n-nodes-base.httpRequest',
					typeVersion: 4.2,
					position: [400, 0],
					parameters: {
						method: 'POST',
						url,
						authentication: 'predefinedCredentialType',
						nodeCredentialType: 'bank131Api',
						sendBody: true,
						specifyBody: 'json',
						jsonBody: '={{ $json.body }}',
						options: {
							batching: { batch: { batchSize: 50, batchInterval: 50 } },
							response: { response: { neverError: true } },
						},
					},
					credentials: { bank131Api: { id: credential.id, name: credential.name } },
				},
			],
			connections: {
				Start: { main: [[{ node: 'Bodies', type: 'main', index: 0 }]] },
				Bodies: { main: [[{ node: 'HTTP Request', type: 'main', index: 0 }]] },
			},
		});

		const execution = await rest.runWorkflow(workflow, 'Start');
		expect(execution.resultData.error).toBeUndefined();
		expect(execution.status).toBe('success');

		const received = sandbox.requests.filter(({ path }) => path.endsWith('signature/only'));
		expect(received).toHaveLength(1000);
		expect(received.filter(({ signatureOk }) => !signatureOk)).toEqual([]);
		// The signature would also be valid for a body that n8n has changed, so the bodies are compared.
		const asText = (all: unknown[]) => all.map((one) => JSON.stringify(one)).sort();
		expect(asText(received.map((request) => request.body))).toEqual(asText(bodies));
	});
});
