import type { HostProblem } from '../../../bank131/client/hosts';
import type { ProblemText, ProblemTexts } from './problemText';

const customUrl = (message: string) => (): ProblemText => ({
	message: `Custom URL ${message}`,
	remedy: 'Enter the address of the sandbox or proxy, for example http://127.0.0.1:8131.',
});

/** Texts about the credential's field Custom URL. */
export const hostProblemTexts: ProblemTexts<HostProblem> = {
	'url.empty': customUrl('is empty'),
	'url.tooLong': customUrl('is too long'),
	'url.notAUrl': customUrl('is not a URL'),
	'url.wrongScheme': customUrl('does not start with https:// or http://'),
	'url.moreThanHostAndPath': customUrl('holds more than a host and a path'),
};
