import { sleep } from 'n8n-workflow';

/** Requests that start, are signed or are answered in one turn of the event loop: some tenths of a millisecond each. */
const STEPS_PER_TURN = 6;

/**
 * Shares the event loop with the rest of n8n. Many requests may start at once, get their signatures at once and be
 * answered at once; each of these steps takes a turn first. If a turn is full, the steps wait until the event loop has
 * come round. All executions of the process share the turns.
 */
export class EventLoopTurns {
	private steps = 0;

	private nextTurn: Promise<void> | undefined;

	/** @param comeRound resolves when the event loop has come round */
	constructor(private readonly comeRound: () => Promise<void>) {}

	/** Waits for the next turn if the present one is full. Steps go on in the order in which they came. */
	async take(): Promise<void> {
		while (this.steps >= STEPS_PER_TURN) await this.nextTurn;
		this.steps++;
		this.nextTurn ??= this.comeRound().then(() => {
			this.steps = 0;
			this.nextTurn = undefined;
		});
	}
}

export const eventLoopTurns = new EventLoopTurns(async () => await sleep(0));
