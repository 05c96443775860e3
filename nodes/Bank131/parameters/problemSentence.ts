import type { Located } from '../../../bank131/lib/result';
import type { ProblemText } from '../../shared/messages/problemText';
import { valueNames } from './valueProblemTexts';

/** With these words a message begins that does not know in which field the value is. The longest come first. */
const GENERAL_NAMES = [
	...Object.values(valueNames),
	...['This', 'This field', 'This part of the name', 'The amount', 'The currency'],
].sort((a, b) => b.length - a.length);

/**
 * A problem in a sentence that names its field once, without a full stop: `Row 3: Payer INN is empty`,
 * `Row 3, Bank: "Foo" is not in the list of FPS banks`.
 * @param row how messages call the row; empty for a single one
 */
export function problemSentence({ field, message }: Located<ProblemText>, row = ''): string {
	const place = row === '' ? '' : `${row}: `;
	if (field === '') return place + message;
	const name = GENERAL_NAMES.find((words) => message.startsWith(`${words} `));
	if (name !== undefined) return place + field + message.slice(name.length);
	if (wordsOf(message).includes(wordsOf(field))) return place + message;
	return `${row === '' ? '' : `${row}, `}${field}: ${message}`;
}

/** The problems of one row, one after another. The row is named once. */
export const problemSentences = (problems: Array<Located<ProblemText>>, row = ''): string =>
	problems.map((problem, index) => problemSentence(problem, index === 0 ? row : '')).join('; ');

const wordsOf = (text: string): string =>
	` ${text
		.toLowerCase()
		.replace(/[^\p{L}\p{N}]+/gu, ' ')
		.trim()} `;
