// A separate command, because queue mode needs Redis and PostgreSQL on the machine.
import { projectFor, shared } from '../jest.config.mjs';

export default {
	...shared,
	projects: ['2.41', '1.123'].map((version) =>
		projectFor(version, 'queue', 'test/e2e/queue/*.test.mts'),
	),
};
