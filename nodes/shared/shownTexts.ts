import { NodeOperationError, type INode, type NodeExecutionHint } from 'n8n-workflow';

/*
 * The texts of this package are plain, with "\n" between lines. n8n 1.85 to 2.41 show the description of an error and
 * the hints of the output pane as HTML: there a line break is lost, and what comes from cells or from the bank would
 * become markup. The title of an error is shown as text in the panel of the node, and as HTML in a notification.
 */

/** n8n makes code of what stands between two backticks of a description. */
const ENTITIES: Readonly<Record<string, string>> = {
	'&': '&amp;',
	'<': '&lt;',
	'>': '&gt;',
	'`': '&#96;',
};

/** Plain text for a place that n8n shows as HTML. `<br>` passes the filter of n8n. */
const toHtml = (text: string): string =>
	text.replace(/[&<>`]/g, (character) => ENTITIES[character]).replace(/\n/g, '<br>');

/** Plain text without tags, whether n8n shows it as text or as HTML. */
const toTitle = (text: string): string => text.replace(/</g, '‹').replace(/>/g, '›');

/** The plain texts of an error. */
export interface ErrorText {
	message: string;
	/** What to do about it. */
	description?: string;
}

/** An exception with plain texts. Before n8n gets it, it becomes an error item or a `nodeError`. */
export class PlainError extends Error {
	readonly description?: string;

	constructor({ message, description }: ErrorText) {
		super(message);
		this.description = description;
	}
}

/** The error that n8n shows. It names its row itself: n8n would append `[item 0]`, counting from 0. */
export const nodeError = (node: INode, { message, description }: ErrorText): NodeOperationError =>
	new NodeOperationError(node, toTitle(message), {
		description: description && toHtml(description),
	});

/** A hint of the output pane. */
export const outputHint = (
	message: string,
	type: NodeExecutionHint['type'],
): NodeExecutionHint => ({ message: toHtml(message), type, location: 'outputPane' });
