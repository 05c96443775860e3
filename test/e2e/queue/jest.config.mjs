// Queue mode needs Redis and PostgreSQL on the machine, so it is a command of its own.
import { inRelease, shared } from '../jest.config.mjs';

export default {
	...shared,
	projects: ['2.41', '1.123'].map((line) => inRelease(line, 'queue', 'test/e2e/queue/*.test.mts')),
};
