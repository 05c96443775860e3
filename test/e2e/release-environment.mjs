// The jest environment that says which n8n the playground of a test starts. (Plain JavaScript: jest imports it untransformed.)
import { TestEnvironment } from 'jest-environment-node';

export default class ReleaseEnvironment extends TestEnvironment {
	constructor(config, context) {
		super(config, context);
		// The copy of `process` that tests see; nothing of it reaches the next file.
		this.global.process.env.BANK131_PLAYGROUND_N8N =
			config.projectConfig.testEnvironmentOptions.release;
	}
}
