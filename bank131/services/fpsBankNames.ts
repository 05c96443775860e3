import { editDistance } from '../lib/editDistance';
import { memoizeLru } from '../lib/memoize';
import { invalid, ok } from '../lib/result';
import type { CheckedValue } from '../values/problems';
import { confusableForm } from '../values/references';
import type { FpsBank } from './fps';
import { FPS_BANK_SPELLINGS, LEGAL_FORM_PHRASES, LEGAL_FORMS } from './fpsBankSpellings';

/** Finds a bank by its name as a person has written it. */
export type FpsBankFinder = (name: string) => CheckedValue<FpsBank>;

/** Most similar banks that a problem lists. */
const MAX_SIMILAR = 6;

/** Names whose results are kept. */
const MAX_REMEMBERED = 1000;

/** Names that begin with so many equal letters are listed as similar. */
const SIMILAR_LETTERS = 4;

/** From so many letters on two of them may differ in a similar name. */
const LONG_NAME = 6;

/**
 * A finder over the bank's list of FPS banks. It compares in these steps and ends at the first step where a bank fits:
 *
 * 1. the name as it is written,
 * 2. the name without case, ё, quotes, hyphens, blanks, legal form and Latin look-alikes: `ПАО «Т-Банк»`, `т банк`,
 * 3. the same without the word for bank: `АЛЬФА-БАНК`, `Альфа`,
 * 4. the same for the listed name before its brackets: `Озон Банк (Ozon)`, `Озон`,
 * 5. the other names of the same bank in `FPS_BANK_SPELLINGS`,
 * 6. the parts of a name with brackets, `Т-Банк (Тинькофф)`, which must all be the same bank.
 *
 * Nothing is guessed. A name that fits no bank, or several banks of one step, is a problem that lists them. What a
 * listed name has in brackets is no name of its own: `Кредит Европа Банк (Россия)` is not the bank `Россия`.
 */
export function createFpsBankFinder(banks: readonly FpsBank[]): FpsBankFinder {
	const listed = banks.map(toListedBank);
	const indexes = STEPS.map((step) => indexBy(listed, step));

	const findWhole = (name: string): FpsBank[] => {
		const { fold, core } = formsOf(name);
		for (const [step, form] of [name.trim(), fold, core, core].entries()) {
			const hits = indexes[step].get(form);
			if (hits) return hits;
		}
		const others = otherForms([fold, core]);
		return distinct(
			indexes.slice(1).flatMap((index) => others.flatMap((form) => index.get(form) ?? [])),
		);
	};
	// A sheet has few banks in many rows.
	return memoizeLru(MAX_REMEMBERED, (name) => {
		const hits = findWhole(name);
		const candidates = hits.length > 0 ? hits : findByParts(name, findWhole);
		if (candidates.length === 1) return ok(candidates[0]);
		return candidates.length > 1
			? invalid({ code: 'fpsBankName.ambiguous', name, candidates: candidates.map(describe) })
			: invalid({
					code: 'fpsBankName.unknown',
					name,
					similar: similarTo(name, listed).map(describe),
				});
	});
}

/** A bank of the list with the forms of its names for the steps 1 to 4. */
interface ListedBank {
	bank: FpsBank;
	asWritten: string[];
	folds: string[];
	cores: string[];
	headCores: string[];
}

function toListedBank(bank: FpsBank): ListedBank {
	const names = [bank.russianName, bank.name];
	const forms = names.map(formsOf);
	return {
		bank,
		// The form's list shows both names in one text, which may be copied from there.
		asWritten: [...names, names.join(' (') + ')'].map((name) => name.trim()),
		folds: forms.map(({ fold }) => fold),
		cores: forms.map(({ core }) => core),
		headCores: names.map((name) => formsOf(name.split(BRACKETS)[0]).core),
	};
}

const STEPS: ReadonlyArray<(bank: ListedBank) => string[]> = [
	({ asWritten }) => asWritten,
	({ folds }) => folds,
	({ cores }) => cores,
	({ headCores }) => headCores,
];

/** The banks by the forms of one step. */
function indexBy(
	banks: readonly ListedBank[],
	step: (bank: ListedBank) => string[],
): Map<string, FpsBank[]> {
	const index = new Map<string, FpsBank[]>();
	for (const listed of banks) {
		for (const form of step(listed)) {
			if (form !== '') index.set(form, distinct([...(index.get(form) ?? []), listed.bank]));
		}
	}
	return index;
}

/** Each bank once: its two names may have the same form, and a list may hold it twice. */
const distinct = (banks: FpsBank[]): FpsBank[] =>
	banks.length === 1 ? banks : [...new Map(banks.map((bank) => [bank.bankId, bank])).values()];

const BRACKETS = /[()[\]/]/;

/** Capitals, without ё, with Latin letters for the Cyrillic ones that look the same. */
const foldLetters = (text: string): string =>
	confusableForm(text.normalize('NFC').toUpperCase().replace(/Ё/g, 'Е'));

const LEGAL_WORDS = new Set(LEGAL_FORMS.map(foldLetters));
const LEGAL_PHRASES = LEGAL_FORM_PHRASES.map(foldLetters);
const BANK_WORDS = new Set(['БАНК', 'BANK'].map(foldLetters));

/**
 * `fold` is the name without its legal form; `core` is without the word for bank too, and empty for a single letter.
 */
function formsOf(name: string): { fold: string; core: string } {
	const text = LEGAL_PHRASES.reduce((rest, phrase) => rest.replace(phrase, ' '), foldLetters(name));
	const words = text.split(/[^\p{L}\p{N}]+/u).filter((word) => !LEGAL_WORDS.has(word));
	const core = words.filter((word) => !BANK_WORDS.has(word)).join('');
	return { fold: words.join(''), core: core.length > 1 ? core : '' };
}

let spellings: string[][] | undefined;

/** The forms of all names of the banks that have one of `forms` among their names. */
function otherForms(forms: string[]): string[] {
	spellings ??= FPS_BANK_SPELLINGS.map((names) =>
		names.map(formsOf).flatMap(({ fold, core }) => [fold, core].filter(Boolean)),
	);
	return spellings.filter((names) => forms.some((form) => names.includes(form))).flat();
}

/** The banks of all parts of a name with brackets. None if a part fits no bank. */
function findByParts(name: string, find: (part: string) => FpsBank[]): FpsBank[] {
	const parts = name.split(BRACKETS).filter((part) => formsOf(part).fold !== '');
	const hits = parts.map(find);
	return hits.every((banks) => banks.length > 0) ? distinct(hits.flat()) : [];
}

/**
 * Banks whose name contains the name, begins with the same letters or differs in one letter or two, the nearest first.
 * A person may choose one of them.
 */
function similarTo(name: string, banks: readonly ListedBank[]): FpsBank[] {
	const { core } = formsOf(name);
	if (core.length < 3) return [];
	const beginning = core.slice(0, SIMILAR_LETTERS);
	const mostDifferent = core.length < LONG_NAME ? 1 : 2;
	return banks
		.map(({ bank, folds, cores, headCores }) => {
			const names = [...folds, ...cores, ...headCores].filter(Boolean);
			const forms = [...names, ...otherForms(names)];
			const distance = Math.min(...forms.map((form) => editDistance(core, form)));
			const isSimilar =
				distance <= mostDifferent ||
				folds.some((fold) => fold.includes(core)) ||
				cores.some((other) => other.startsWith(beginning));
			return { bank, distance, isSimilar };
		})
		.filter(({ isSimilar }) => isSimilar)
		.sort((one, other) => one.distance - other.distance)
		.slice(0, MAX_SIMILAR)
		.map(({ bank }) => bank);
}

const describe = ({ name, russianName, bankId }: FpsBank): string =>
	`${russianName || name} (${bankId})`;
