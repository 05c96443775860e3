import { randomBytes } from 'node:crypto';
import { bankTime } from '../protocol/bankTime.mts';
import type { JsonObject } from '../lib/json.mts';

export interface IssuedToken {
	token: string;
	createdAt: string;
	finishedAt: string;
	active: boolean;
}

/** 64 lower-case hex characters, as in the docs' samples (api/04). */
const newToken = () => randomBytes(32).toString('hex');

/** Everything the bank keeps behind tokens. Never leaves the process. */
export class TokenVault {
	private readonly cards = new Map<string, string>();
	private readonly accounts = new Map<string, { bik: string; account: string }>();
	readonly publicTokens = new Map<string, IssuedToken & { widgets: JsonObject }>();
	readonly recurrentTokens = new Map<string, IssuedToken>();

	findCardNumber(token: string): string | undefined {
		return this.cards.get(token);
	}

	findAccount(token: string): { bik: string; account: string } | undefined {
		return this.accounts.get(token);
	}

	/** What the card widget gives the partner as `number_hash`, or tokenize/elements as `token`. */
	storeCard(pan: string): string {
		const token = newToken();
		this.cards.set(token, pan);
		return token;
	}

	storeAccount(bik: string, account: string): string {
		const token = newToken();
		this.accounts.set(token, { bik, account });
		return token;
	}

	/** 24 hours is the sister platform's figure (api/11.2). */
	issuePublicToken(widgets: JsonObject): string {
		const issued = this.issue(24 * 3600_000);
		this.publicTokens.set(issued.token, { ...issued, widgets });
		return issued.token;
	}

	/** `finished_at` of a recurrent token is shown but never enforced (api/13.12). */
	issueRecurrentToken(pan?: string): IssuedToken {
		const issued = this.issue(365 * 24 * 3600_000);
		this.recurrentTokens.set(issued.token, issued);
		if (pan !== undefined) this.cards.set(issued.token, pan);
		return issued;
	}

	private issue(lifetimeMs: number): IssuedToken {
		return {
			token: newToken(),
			createdAt: bankTime(),
			finishedAt: new Date(Date.now() + lifetimeMs).toISOString().replace('Z', '000Z'),
			active: true,
		};
	}
}
