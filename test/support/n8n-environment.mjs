// The jest environment of the engine tests. It loads n8n's engine and the built package with Node's own `require`,
// outside jest's sandbox. So `instanceof Error` works as in a real n8n, and a worker loads n8n-core once instead of
// once per file. (Plain JavaScript: jest imports an environment without transforming it.)
import { TestEnvironment } from 'jest-environment-node';

import { loadEngine } from '../../playground/engine/loadEngine.mjs';
import { createClock, setTime } from './skippingClock.mjs';

let engine;
let clock;

export default class N8nEnvironment extends TestEnvironment {
	async setup() {
		await super.setup();
		engine ??= loadEngine();
		this.global.n8nEngine = engine;
		// REAL_TIME=1 runs the tests without skipping anything.
		if (process.env.REAL_TIME === '1') return;
		clock ??= createClock(engine);
		setTime(globalThis, clock);
		setTime(this.global, clock);
		this.global.skippingClock = clock;
	}

	async teardown() {
		setTime(globalThis);
		await super.teardown();
	}
}
