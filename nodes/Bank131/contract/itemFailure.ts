import type { ItemFailure } from './operation';

/** An exception of n8n or of JavaScript as the failure of an item. n8n's errors have a description as well. */
export function toItemFailure(error: unknown): ItemFailure {
	const { message, description } = error as { message?: string; description?: string | null };
	return { message: message ?? String(error), description: description ?? undefined };
}
