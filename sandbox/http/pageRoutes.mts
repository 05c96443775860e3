import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import type { House } from './sandboxContext.mts';

const file = (name: string) => readFileSync(join(import.meta.dirname, '..', 'page', name), 'utf8');

/** The modules of the page at `/`. */
const SCRIPTS = ['page', 'api', 'dom', 'faults', 'lists', 'overview', 'sessions', 'settings'];

const files = [
	['/', 'index.html', 'text/html'],
	['/page.css', 'page.css', 'text/css'],
	['/payer.js', 'payer.js', 'text/javascript'],
	['/sandbox/payer/:session', 'payer.html', 'text/html'],
	['/sandbox/receipts/:receipt', 'receipt.html', 'text/html'],
	...SCRIPTS.map((name) => [`/page/${name}.js`, `${name}.js`, 'text/javascript'] as const),
] as const;

/** How often the page is told that something happened, at most. */
const tickMs = 250;

export function addPageRoutes(app: FastifyInstance, house: House): void {
	for (const [url, name, type] of files) {
		app.get(url, (_request, reply) => {
			void reply.header('content-type', `${type}; charset=utf-8`);
			void reply.header('content-security-policy', "default-src 'self'; style-src 'self'");
			return file(name);
		});
	}
	app.get('/favicon.ico', (_request, reply) => reply.code(204).send());
	addEvents(app, house);
}

/** Server-sent events: "look again", bundled so that a thousand payouts a second do no harm. */
function addEvents(app: FastifyInstance, house: House): void {
	app.get('/sandbox/api/events', (request, reply) => {
		reply.hijack();
		const { raw } = reply;
		raw.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
		raw.write('retry: 1000\n\ndata: hello\n\n');
		let news = false;
		const stopListening = house.feed.subscribe(() => {
			news = true;
		});
		const timer = setInterval(() => {
			if (news) raw.write('data: news\n\n');
			news = false;
		}, tickMs);
		request.raw.on('close', () => {
			clearInterval(timer);
			stopListening();
		});
	});
}
