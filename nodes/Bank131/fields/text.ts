import { invalid } from '../../../bank131/lib/result';
import { cleanText } from '../../../bank131/values/text';
import { isEmpty, type ItemParameters } from '../parameters/itemParameters';

/** Reads a list of texts: an array, or one text with commas between the parts. Empty parts are left out. */
export const readTextList = (param: ItemParameters, name: string, value: unknown): string[] =>
	(Array.isArray(value) ? (value as unknown[]) : param.singleLine(name, value).split(','))
		.map((part) => param.singleLine(name, part))
		.filter((text) => text !== '');

/** Reads a text that must not be empty. `remedy` says where the user finds it. */
export function readRequiredText(param: ItemParameters, name: string, remedy: string): string {
	const text = param.text(name);
	if (text === '') param.addProblem(name, 'This field is empty', remedy);
	return text;
}

/** Reads the HTTP address of a page; `undefined` if the field is empty. */
export function readUrl(param: ItemParameters, name: string, value: unknown): string | undefined {
	if (isEmpty(value)) return undefined;
	const text = cleanText(value, 'it');
	const isUrl = !text.ok || /^https?:\/\/\S+$/i.test(text.value);
	const checked = isUrl
		? text
		: invalid({ message: 'It is not a URL', remedy: 'Enter it with https:// in front.' });
	return param.checked(name, checked, '');
}
