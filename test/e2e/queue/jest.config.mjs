// A separate command, because queue mode needs Redis and PostgreSQL on the machine.
import { isShort, notIn1, projectFor, shared } from '../jest.config.mjs';

const versions = isShort ? ['2.41'] : ['2.41', '1.123'];

// Minutes each.
const notInShort = isShort ? ['/queue/register-(killed|workers)'] : [];

export default {
	...shared,
	projects: versions.map((version) =>
		projectFor(
			version,
			'queue',
			'test/e2e/queue/*.test.mts',
			version === '1.123' ? notIn1 : notInShort,
		),
	),
};
