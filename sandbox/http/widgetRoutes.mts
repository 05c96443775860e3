// Stand-ins for the widgets of the bank (api/11): scripts for web pages, and the API that the scripts
// call.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { BankError, invalidRequest } from '../protocol/bankError.mts';
import { isObject } from '../lib/json.mts';
import { parseJsonBody } from '../lib/json.mts';
import type { SandboxContext } from './sandboxContext.mts';
import { linkingEndpoints } from '../widgets/linking.mts';
import { paymentEndpoints } from '../widgets/payment.mts';
import { tokenizeEndpoints } from '../widgets/tokenize.mts';

/** The first two names are documented. Assumption: the other two follow the same pattern. */
const WIDGETS = ['card-tokenizer', 'self-employed', 'account-tokenizer', 'payment-form'] as const;

const endpoints = { ...tokenizeEndpoints, ...linkingEndpoints, ...paymentEndpoints };

const readWidgetFile = (name: string) =>
	readFileSync(join(import.meta.dirname, '..', 'widgets', 'page', name), 'utf8');

/** Pages of every origin can use the widgets: only the public token grants access. */
function allowAnyOrigin(reply: FastifyReply): FastifyReply {
	return reply.headers({
		'access-control-allow-origin': '*',
		'access-control-allow-methods': 'POST',
		'access-control-allow-headers': 'content-type',
		'cache-control': 'no-store',
	});
}

/** Adds scripts, styles and the API of the widgets. */
export function addWidgetRoutes(app: FastifyInstance, context: SandboxContext): void {
	for (const name of WIDGETS) {
		app.get(`/widget/${name}.js`, (_request, reply) => {
			void allowAnyOrigin(reply).header('content-type', 'text/javascript; charset=utf-8');
			return `(() => {\n${readWidgetFile('kit.js')}\n${readWidgetFile(`${name}.js`)}})();\n`;
		});
		app.get(`/widget/${name}.css`, (_request, reply) => {
			void allowAnyOrigin(reply).header('content-type', 'text/css; charset=utf-8');
			return readWidgetFile('widget.css');
		});
	}
	app.options('/widget/api/*', (_request, reply) => allowAnyOrigin(reply).code(204).send());
	app.post('/widget/api/*', (request, reply) => {
		allowAnyOrigin(reply);
		try {
			const name = (request.params as { '*': string })['*'];
			if (!Object.hasOwn(endpoints, name))
				throw invalidRequest(`there is no widget method ${name}`);
			const body = Buffer.isBuffer(request.body) ? parseJsonBody(request.body) : undefined;
			if (!isObject(body)) throw invalidRequest('the body must be a JSON object');
			return endpoints[name]({ bank: context.bank, body });
		} catch (error) {
			if (!(error instanceof BankError)) throw error;
			const { code, description } = error;
			return reply.code(400).send({ error: { code, description } });
		}
	});
}
