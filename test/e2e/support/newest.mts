/** For what is slow and does not depend on the version of n8n: runs in the newest one only. */
export const inNewest: typeof test =
	process.env.BANK131_PLAYGROUND_N8N === '1.123' ? (test.skip as typeof test) : test;
