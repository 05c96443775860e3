// A minimal webhook trigger that outputs the request body. Its cost is n8n's own cost of every trigger.
class EmptyTrigger {
	description = {
		displayName: 'Empty Trigger',
		name: 'emptyTrigger',
		group: ['trigger'],
		version: [1, 1.1],
		description: 'Starts the workflow with the received body',
		defaults: { name: 'Empty Trigger' },
		inputs: [],
		outputs: ['main'],
		// The node never reads it, but n8n resolves it anyway.
		credentials: [{ name: 'bank131Api', required: false }],
		webhooks: [
			{
				name: 'default',
				httpMethod: 'POST',
				responseMode: 'onReceived',
				responseData: 'noData',
				path: 'webhook',
			},
		],
		properties: [],
	};

	async webhook() {
		return { workflowData: [[{ json: this.getBodyData() }]] };
	}
}

module.exports = { EmptyTrigger };
