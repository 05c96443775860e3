import { openPlayground, type Playground } from '../../../playground/host/playground.mts';

/**
 * One playground for the tests of a file: registers the hooks that open and close it, and reset its bank before each
 * test. Its properties can be read in hooks and tests only.
 */
export function usePlayground(): Playground {
	let playground: Playground | undefined;
	beforeAll(async () => {
		playground = await openPlayground({ log: (text) => process.stderr.write(`${text}\n`) });
	});
	afterAll(async () => await playground?.close());
	beforeEach(() => playground?.sandbox.reset());
	return new Proxy({} as Playground, {
		get(_, name) {
			if (!playground) throw new Error('The playground exists in hooks and tests only');
			return Reflect.get(playground, name) as unknown;
		},
	});
}
