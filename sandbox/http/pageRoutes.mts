import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import type { SandboxContext } from './sandboxContext.mts';

const readPageFile = (name: string) =>
	readFileSync(join(import.meta.dirname, '..', 'page', name), 'utf8');

/** Modules of the page at `/`. */
const SCRIPTS = [
	...['page', 'api', 'dom', 'faults', 'lists', 'overview', 'sessions', 'settings', 'states'],
	'testValues',
];

const PAGE_FILES = [
	['/', 'index.html', 'text/html'],
	['/page.css', 'page.css', 'text/css'],
	['/payer.js', 'payer.js', 'text/javascript'],
	['/sandbox/payer/:session', 'payer.html', 'text/html'],
	['/sandbox/receipts/:receipt', 'receipt.html', 'text/html'],
	...SCRIPTS.map((name) => [`/page/${name}.js`, `${name}.js`, 'text/javascript'] as const),
] as const;

/** Shortest interval between two events, ms. */
const EVENT_INTERVAL_MS = 250;

/** Adds the page, the page of the payer, the receipt page and the events. */
export function addPageRoutes(app: FastifyInstance, context: SandboxContext): void {
	for (const [url, name, type] of PAGE_FILES) {
		app.get(url, (_request, reply) => {
			void reply.header('content-type', `${type}; charset=utf-8`);
			void reply.header('content-security-policy', "default-src 'self'; style-src 'self'");
			return readPageFile(name);
		});
	}
	app.get('/favicon.ico', (_request, reply) => reply.code(204).send());
	addEventRoute(app, context);
}

/**
 * Server-sent events that only announce a change. They are bundled, so that a thousand payouts per
 * second do not flood the page.
 */
function addEventRoute(app: FastifyInstance, context: SandboxContext): void {
	app.get('/sandbox/api/events', (request, reply) => {
		reply.hijack();
		const { raw } = reply;
		raw.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
		raw.write('retry: 1000\n\ndata: hello\n\n');
		let hasChanges = false;
		const unsubscribe = context.feed.subscribe(() => {
			hasChanges = true;
		});
		const timer = setInterval(() => {
			if (hasChanges) raw.write('data: news\n\n');
			hasChanges = false;
		}, EVENT_INTERVAL_MS);
		request.raw.on('close', () => {
			clearInterval(timer);
			unsubscribe();
		});
	});
}
