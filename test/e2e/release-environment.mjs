// Jest environment that sets which n8n version the playground starts. Plain JavaScript: jest imports it without a
// transform.
import { TestEnvironment } from 'jest-environment-node';

export default class ReleaseEnvironment extends TestEnvironment {
	constructor(config, context) {
		super(config, context);
		// A copy of `process` for this test file only.
		this.global.process.env.BANK131_PLAYGROUND_N8N =
			config.projectConfig.testEnvironmentOptions.release;
	}
}
