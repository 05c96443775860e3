// `npm run sandbox`: runs the sandbox until Ctrl-C.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { generateKeyPair, profilesOf, startSandbox, type SandboxKeys } from './sandbox.mts';

const USAGE = `A stand-in for Bank 131.

  --port <n>                    port of the API and the page (default 8131, 0 = any)
  --host <address>              address to listen at (default 127.0.0.1)
  --project <name>              X-PARTNER-PROJECT (default sandbox)
  --latency <ms>                delay before each response (default 0)
  --processing <ms>             duration of the check and of the payout (default 800)
  --balance <roubles>           start balance of each account
  --webhook-url <url>           where webhooks go
  --auto-confirm                pay without confirmation
  --profile <name>              how it answers where the documents are silent: standard (default) or
                                names of sandbox/README.md, joined with +
  --partner-public-key <file>   your own public key (PEM); otherwise a pair is generated
  --keys <folder>               folder of the keys (default .sandbox)
`;

const { values } = parseArgs({
	options: {
		port: { type: 'string', default: '8131' },
		host: { type: 'string', default: '127.0.0.1' },
		project: { type: 'string', default: 'sandbox' },
		latency: { type: 'string', default: '0' },
		processing: { type: 'string', default: '800' },
		balance: { type: 'string' },
		'webhook-url': { type: 'string' },
		'auto-confirm': { type: 'boolean', default: false },
		profile: { type: 'string', default: 'standard' },
		'partner-public-key': { type: 'string' },
		keys: { type: 'string', default: '.sandbox' },
		help: { type: 'boolean', default: false },
	},
});

if (values.help) {
	process.stdout.write(USAGE);
	process.exit(0);
}

function profileOption(): string {
	try {
		profilesOf(values.profile);
		return values.profile;
	} catch (error) {
		process.stderr.write(`--profile: ${(error as Error).message}\n\n${USAGE}`);
		process.exit(2);
	}
}

const numberOption = (name: 'port' | 'latency' | 'processing' | 'balance') => {
	const value = Number(values[name]);
	if (Number.isFinite(value) && value >= 0) return value;
	process.stderr.write(`--${name}: a number is expected\n\n${USAGE}`);
	process.exit(2);
};

/**
 * Loads the keys of the folder, or generates them. Saved keys keep existing credentials valid after a
 * restart.
 */
function loadOrCreateKeys(folder: string): SandboxKeys {
	mkdirSync(folder, { recursive: true });
	const loadOrCreatePair = (name: string) => {
		const privateFile = join(folder, `${name}.private.pem`);
		const publicFile = join(folder, `${name}.public.pem`);
		if (!existsSync(privateFile) || !existsSync(publicFile)) {
			const created = generateKeyPair();
			writeFileSync(privateFile, created.privateKey, { mode: 0o600 });
			writeFileSync(publicFile, created.publicKey);
		}
		const privateKey = readFileSync(privateFile, 'utf8');
		return { privateKey, publicKey: readFileSync(publicFile, 'utf8') };
	};
	return {
		partner: loadOrCreatePair('partner'),
		bank: loadOrCreatePair('bank'),
		bankNext: loadOrCreatePair('bank-next'),
	};
}

const ownKey = values['partner-public-key'];
const sandbox = await startSandbox({
	port: numberOption('port'),
	host: values.host,
	project: values.project,
	latencyMs: numberOption('latency'),
	processingMs: numberOption('processing'),
	autoConfirm: values['auto-confirm'],
	profile: profileOption(),
	webhookUrl: values['webhook-url'],
	keys: loadOrCreateKeys(values.keys),
	...(values.balance === undefined ? {} : { balance: numberOption('balance') * 100 }),
	...(ownKey === undefined ? {} : { partnerPublicKey: readFileSync(ownKey, 'utf8') }),
});

const keyPath = (name: string) => relative('.', join(values.keys, name)) || name;
process.stdout.write(`Bank 131 sandbox

  Page             ${sandbox.url}
  Webhooks to      ${values['webhook-url'] ?? 'no address (set it on the page or with --webhook-url)'}

In the credential "Bank 131 API" of n8n enter:

  Environment      Custom URL
  Custom URL       ${sandbox.url}
  Project          ${sandbox.project}
  Private Key      ${ownKey === undefined ? `the text of ${keyPath('partner.private.pem')}` : 'your own'}
  Bank Public Key  the text of ${keyPath('bank.public.pem')}, and of ${keyPath('bank-next.public.pem')} for its next key

Ctrl-C ends it.
`);

let stopping = false;
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
	process.on(signal, () => {
		if (stopping) process.exit(1);
		stopping = true;
		void sandbox.stop().then(() => process.exit(0));
	});
}
