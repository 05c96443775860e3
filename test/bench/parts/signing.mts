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
import { atLeast, type Row } from '../report/table.mts';

interface Signature {
	sign(data: string, key: KeyObject): Promise<string>;
	verify(data: Uint8Array, signature: string, keys: KeyObject[]): Promise<boolean>;
}
interface Pem {
	loadPrivateKey(pem: string): { ok: true; value: KeyObject };
	loadPublicKeys(pem: string): { ok: true; value: KeyObject[] };
}

const body = JSON.stringify({ session_id: 'ps_131', note: 'x'.repeat(600) });
const bytes = Buffer.from(body);
const TURN_MS = 1000;
const TURNS = 3;
/** As many as libuv's thread pool works on, and one in the queue. */
const IN_FLIGHT = 5;

/** The package's own signing and checking, keys looked up as each request does it, against bare OpenSSL. */
export async function signing(): Promise<Row[]> {
	const { sign, verify } = hostRequire('./dist/bank131/signature.js') as Signature;
	const { loadPrivateKey, loadPublicKeys } = hostRequire('./dist/bank131/pem.js') as Pem;
	const files = makeKeyFiles();
	const key = loadPrivateKey(files.pkcs8).value;
	const publicKey = createPublicKey(files.spki);
	const signature = await sign(body, key);

	const signs = await inTurns([
		() => parallel(async () => void (await sign(body, loadPrivateKey(files.pkcs8).value))),
		() => parallel(() => bareSign(key)),
	]);
	const raw = Buffer.from(signature, 'base64');
	const checks = await inTurns([
		() => parallel(async () => void (await verify(bytes, signature, [publicKey]))),
		() => parallel(() => bareVerify(publicKey, raw)),
		() =>
			parallel(async () => void (await verify(bytes, signature, loadPublicKeys(files.spki).value))),
	]);
	const one = await inTurns([
		async () => blocking(() => void signBytes('RSA-SHA256', bytes, key)),
		openssl,
	]);
	return [
		against('Signing ÷ crypto.sign in the thread pool with a cached key', signs),
		againstOpenssl(one, signs[0]),
		against('Verifying ÷ crypto.verify in the thread pool with a cached key', checks),
		{
			what: '… with the key looked up by its text, as each webhook does',
			measured: `${perSecond(checks[2])}`,
			bar: '',
		},
	];
}

const against = (what: string, [ours, theirs]: number[]): Row =>
	atLeast(what, ours / theirs, 0.9, `${perSecond(ours)} ÷ ${perSecond(theirs)}`);

const perSecond = (value: number) => `${Math.round(value).toLocaleString('en')}/s`;

/** Alternating, so that a busy machine slows both; the best turn of each counts. */
async function inTurns(measures: Array<() => Promise<number>>): Promise<number[]> {
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

function blocking(work: () => void): number {
	let done = 0;
	const started = performance.now();
	while (performance.now() - started < TURN_MS) {
		work();
		done++;
	}
	return done / ((performance.now() - started) / 1000);
}

const bareSign = (key: KeyObject) =>
	new Promise<void>((resolve, reject) => {
		signBytes('RSA-SHA256', bytes, key, (error) => (error ? reject(error) : resolve()));
	});

const bareVerify = (key: KeyObject, signature: Uint8Array) =>
	new Promise<void>((resolve, reject) => {
		verifyBytes('RSA-SHA256', bytes, key, signature, (error) =>
			error ? reject(error) : resolve(),
		);
	});

function againstOpenssl([oneThread, theirs]: number[], pool: number): Row {
	const what = 'Signing on one thread ÷ openssl speed rsa2048';
	if (!(theirs > 0)) return { what, measured: 'skipped: no openssl here', bar: '≥ 0.9' };
	const note = `${perSecond(oneThread)} ÷ ${perSecond(theirs)}; the package in the thread pool: ${perSecond(pool)}`;
	return atLeast(what, oneThread / theirs, 0.9, note);
}

/** Signatures per second by its own figure, 0 where there is none. */
async function openssl(): Promise<number> {
	try {
		const run = promisify(execFile);
		const { stdout } = await run('openssl', ['speed', '-seconds', '1', 'rsa2048']);
		return Number(/^rsa\s+2048 bits\s+\S+\s+\S+\s+([\d.]+)/m.exec(stdout)?.[1] ?? 0);
	} catch {
		return 0;
	}
}
