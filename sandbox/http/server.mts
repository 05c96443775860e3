import Fastify, { type FastifyInstance } from 'fastify';
import { addApiRoutes } from './apiRoutes.mts';
import { addControlRoutes } from './controlRoutes.mts';
import type { SandboxContext } from './sandboxContext.mts';
import { addPageRoutes } from './pageRoutes.mts';
import { addWidgetRoutes } from './widgetRoutes.mts';

/** The HTTP server with all routes; it does not listen yet. */
export function createServer(context: SandboxContext): FastifyInstance {
	const app = Fastify({
		logger: false,
		forceCloseConnections: true,
		bodyLimit: 8 * 1024 * 1024,
		keepAliveTimeout: 65_000,
	});
	// The signature covers the raw bytes, so bodies are not parsed before verification.
	app.removeAllContentTypeParsers();
	app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
	app.addHook('onRequest', async (request, reply) => {
		// The control API is unsigned, so requests from web pages of other origins are rejected.
		if (!request.url.startsWith('/sandbox/') || request.method === 'GET') return;
		const origin = request.headers.origin;
		if (origin !== undefined && new URL(origin).host !== request.headers.host) {
			await reply.code(403).send({ error: { code: 'sandbox_error', description: 'wrong origin' } });
		}
	});
	addApiRoutes(app, context);
	addControlRoutes(app, context);
	addPageRoutes(app, context);
	addWidgetRoutes(app, context);
	return app;
}
