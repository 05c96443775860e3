import { execFile } from 'node:child_process';
import {
	createPublicKey,
	sign as signBytes,
	verify as verifyBytes,
	type KeyObject,
} from 'node:crypto';
import { promisify } from 'node:util';

import { hostRequire } from '../../support/engine.mts';
import { makeKeyFiles } from '../../support/keys.mts';
import { atLeast, type ResultRow } from '../report/table.mts';

interface Signature {
	sign(data: string, key: KeyObject): Promise<string>;
	verify(data: Uint8Array, signature: string, keys: KeyObject[]): Promise<boolean>;
}
interface Pem {
	loadPrivateKey(pem: string): { ok: true; value: KeyObject };
	loadPublicKeys(pem: string): { ok: true; value: KeyObject[] };
}

const body = JSON.stringify({ session_id: 'ps_131', details: 'x'.repeat(600) });
const bytes = Buffer.from(body);
const TURN_MS = 1000;
const TURNS = 3;
/** The four threads of libuv's pool, and one in the queue. */
const IN_FLIGHT = 5;

/** Signing and verifying by the package, including the key lookup of each request, compared with plain OpenSSL. */
export async function signing(): Promise<ResultRow[]> {
	const { sign, verify } = hostRequire('./dist/bank131/auth/signature.js') as Signature;
	const { loadPrivateKey, loadPublicKeys } = hostRequire('./dist/bank131/auth/keys.js') as Pem;
	const files = makeKeyFiles();
	const key = loadPrivateKey(files.pkcs8).value;
	const publicKey = createPublicKey(files.spki);
	const signature = await sign(body, key);

	const signatures = await measureAlternating([
		() => parallel(async () => void (await sign(body, loadPrivateKey(files.pkcs8).value))),
		() => parallel(() => opensslSign(key)),
	]);
	const raw = Buffer.from(signature, 'base64');
	const verifications = await measureAlternating([
		() => oneAfterAnother(async () => void (await verify(bytes, signature, [publicKey]))),
		() => oneAfterAnother(() => void verifyBytes('RSA-SHA256', bytes, publicKey, raw)),
		() =>
			oneAfterAnother(
				async () => void (await verify(bytes, signature, loadPublicKeys(files.spki).value)),
			),
	]);
	const singleThread = await measureAlternating([
		() => oneAfterAnother(() => void signBytes('RSA-SHA256', bytes, key)),
		measureOpenssl,
	]);
	return [
		compareRow('Signing ÷ crypto.sign in the thread pool with a cached key', signatures),
		compareOpensslRow(singleThread, signatures[0]),
		compareRow('Verifying ÷ crypto.verify with a cached key', verifications),
		{
			metric: '… with the key looked up by its text, as each webhook does',
			measured: `${perSecond(verifications[2])}`,
			limit: '',
		},
	];
}

const compareRow = (metric: string, [ours, reference]: number[]): ResultRow =>
	atLeast(metric, ours / reference, 0.9, `${perSecond(ours)} ÷ ${perSecond(reference)}`);

const perSecond = (value: number) => `${Math.round(value).toLocaleString('en')}/s`;

/** Runs the measurements alternately, so that other load affects all; returns the best turn of each. */
async function measureAlternating(measures: Array<() => Promise<number>>): Promise<number[]> {
	const best = measures.map(() => 0);
	for (let turn = 0; turn < TURNS; turn++) {
		for (const [n, measure] of measures.entries()) best[n] = Math.max(best[n], await measure());
	}
	return best;
}

async function parallel(work: () => Promise<void>): Promise<number> {
	let done = 0;
	const started = performance.now();
	const worker = async () => {
		while (performance.now() - started < TURN_MS) {
			await work();
			done++;
		}
	};
	await Promise.all(Array.from({ length: IN_FLIGHT }, worker));
	return done / ((performance.now() - started) / 1000);
}

async function oneAfterAnother(work: () => Promise<void> | void): Promise<number> {
	let done = 0;
	const started = performance.now();
	while (performance.now() - started < TURN_MS) {
		await work();
		done++;
	}
	return done / ((performance.now() - started) / 1000);
}

const opensslSign = (key: KeyObject) =>
	new Promise<void>((resolve, reject) => {
		signBytes('RSA-SHA256', bytes, key, (error) => (error ? reject(error) : resolve()));
	});

function compareOpensslRow([oneThread, reference]: number[], pool: number): ResultRow {
	const metric = 'Signing on one thread ÷ openssl speed rsa2048';
	if (!(reference > 0))
		return { metric, measured: 'skipped: openssl is not installed', limit: '≥ 0.9' };
	const details = `${perSecond(oneThread)} ÷ ${perSecond(reference)}; the package in the thread pool: ${perSecond(pool)}`;
	return atLeast(metric, oneThread / reference, 0.9, details);
}

/** Signatures per second that `openssl speed` reports; 0 if it is not installed. */
async function measureOpenssl(): Promise<number> {
	try {
		const run = promisify(execFile);
		const { stdout } = await run('openssl', ['speed', '-seconds', '1', 'rsa2048']);
		return Number(/^rsa\s+2048 bits\s+\S+\s+\S+\s+([\d.]+)/m.exec(stdout)?.[1] ?? 0);
	} catch {
		return 0;
	}
}
