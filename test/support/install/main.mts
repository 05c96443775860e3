/** Installs the package `whole` of the registry in the environment, as the playground installs n8n. Prints the log. */
import { installOnce } from '../../../playground/install/cache.mts';

const folder = await installOnce(
	{ name: 'whole', expectedDuration: 'seconds', dependencies: { whole: '1.0.0' } },
	(text) => console.log(text),
);
console.log(`folder: ${folder}`);
