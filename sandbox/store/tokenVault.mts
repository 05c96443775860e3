import { randomBytes } from 'node:crypto';
import { bankTime } from '../protocol/bankTime.mts';
import type { JsonObject } from '../lib/json.mts';

/** A token with its validity. Times are ISO 8601 in UTC. */
export interface IssuedToken {
	token: string;
	createdAt: string;
	finishedAt: string;
	active: boolean;
}

/** 64 lower-case hex characters, as in the samples of the docs (api/04). */
const newToken = () => randomBytes(32).toString('hex');

/** Numbers of cards and accounts behind tokens. They never leave the process. */
export class TokenVault {
	private readonly cards = new Map<string, string>();
	private readonly accounts = new Map<string, { bik: string; account: string }>();
	readonly publicTokens = new Map<string, IssuedToken & { widgets: JsonObject }>();
	readonly recurrentTokens = new Map<string, IssuedToken>();

	/** The PAN behind a token; `undefined` for a token that was not issued here. */
	findCardNumber(token: string): string | undefined {
		return this.cards.get(token);
	}

	/** The account behind a token; `undefined` for a token that was not issued here. */
	findAccount(token: string): { bik: string; account: string } | undefined {
		return this.accounts.get(token);
	}

	/**
	 * Stores a PAN and returns its token: `number_hash` of the card widget, `token` of
	 * tokenize/elements.
	 */
	storeCard(pan: string): string {
		const token = newToken();
		this.cards.set(token, pan);
		return token;
	}

	/** Stores an account and returns its token (tokenize, account widget). */
	storeAccount(bik: string, account: string): string {
		const token = newToken();
		this.accounts.set(token, { bik, account });
		return token;
	}

	/**
	 * Issues a public token for widgets. Its lifetime of 24 hours is the figure of the sister platform
	 * (api/11.2).
	 */
	issuePublicToken(widgets: JsonObject): string {
		const issued = this.issue(24 * 3600_000);
		this.publicTokens.set(issued.token, { ...issued, widgets });
		return issued.token;
	}

	/** Issues a token for repeated payments. Its `finished_at` is shown but not enforced (api/13.12). */
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
