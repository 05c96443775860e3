import { findPersonalText } from '../../../fields/participants';
import type { ItemParameters } from '../../../parameters/itemParameters';

/**
 * Rejects a list of several rows if the form has a fixed text about one person: it would be sent for everybody.
 * @returns whether there is one
 */
export function rejectPersonalTexts(param: ItemParameters): boolean {
	const label = param.once('personalText', (inputs) =>
		inputs.length > 1 ? findPersonalText(param.storedObject('recipientDetails')) : undefined,
	);
	if (label === undefined) return false;
	param.rejectAll({
		message: `Recipient Details: ${label} is the same text for every row`,
		remedy: 'Enter an expression that takes it from a column, or remove it.',
	});
	return true;
}
