import type { Workflow } from './types.mts';

type Request = [method: string, path: string, body: object];

/** The requests that differ between the REST APIs of n8n 1 and 2. */
export interface RestApi {
	/** Registers the production URLs of a workflow. */
	activate(workflow: Workflow): Request;
	deactivate(workflow: Workflow): Request;
	/** Body of `POST /rest/workflows/:id/run` that starts the workflow at a trigger. */
	runBody(workflow: Workflow, trigger: string): object;
}

const setActive =
	(active: boolean) =>
	({ id, versionId }: Workflow): Request => [
		'PATCH',
		`/rest/workflows/${id}`,
		{ active, versionId },
	];

/** By major version of n8n. */
export const restApis: Record<1 | 2, RestApi> = {
	1: {
		activate: setActive(true),
		deactivate: setActive(false),
		runBody: (workflow, name) => ({
			workflowData: workflow,
			startNodes: [],
			triggerToStartFrom: { name },
		}),
	},
	2: {
		activate: ({ id, versionId }) => ['POST', `/rest/workflows/${id}/activate`, { versionId }],
		deactivate: ({ id }) => ['POST', `/rest/workflows/${id}/deactivate`, {}],
		runBody: (_workflow, name) => ({ triggerToStartFrom: { name } }),
	},
};
