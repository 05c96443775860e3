import type { HostProblem } from '../../../bank131/client/hosts';
import type { ProblemText, ProblemTexts } from './problemText';

const customUrl =
	(
		message: string,
		remedy = 'Enter the address of the sandbox or proxy, for example http://127.0.0.1:8131.',
	) =>
	(): ProblemText => ({ message: `Custom URL ${message}`, remedy });

/** Texts about the credential's field Custom URL. */
export const hostProblemTexts: ProblemTexts<HostProblem> = {
	'url.empty': customUrl('is empty'),
	'url.tooLong': customUrl('is too long'),
	'url.notAUrl': customUrl('is not a URL'),
	'url.wrongScheme': customUrl('does not start with https:// or http://'),
	'url.moreThanHostAndPath': customUrl('holds more than a host and a path'),
	'url.notEncrypted': customUrl(
		'leads to the bank without encryption',
		'Begin it with https://, or choose Demo or Live in "Environment".',
	),
};
