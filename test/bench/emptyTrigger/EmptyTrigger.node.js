// The least a webhook trigger can be: hands on the body it got. What n8n does around it, it does around every trigger.
class EmptyTrigger {
	description = {
		displayName: 'Empty Trigger',
		name: 'emptyTrigger',
		group: ['trigger'],
		version: [1, 1.1],
		description: 'Starts the workflow with the body it got',
		defaults: { name: 'Empty Trigger' },
		inputs: [],
		outputs: ['main'],
		// Never read: n8n looks after it all the same.
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
