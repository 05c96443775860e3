import { readWord } from './words';

/** The fields of a tax period. */
export interface TaxPeriod {
	taxPeriodType: unknown;
	taxPeriodNumber: string;
	taxPeriodYear: string;
}

/** `quarter 3 2026`, `квартал 3 2026` */
const TYPE_FIRST = /^(\p{L}{2,10})\.? (\d{1,2}) (\d{4})$/u;
/** `3 квартал 2026`, `3-й кв. 2026 г.` */
const NUMBER_FIRST = /^(\d{1,2})(?:-\p{L}{1,2})? ?(\p{L}{2,10})\.? (\d{4})(?: ?г(?:\.|ода?)?)?$/u;
/** The code of a period in payment orders (Приказ Минфина № 107н): `КВ.03.2026`, `МС.11.2026`. */
const PERIOD_CODE = /^(КВ|МС)\.(\d{2})\.(\d{4})$/i;

/** The tax period in a text; `undefined` if it is none. */
export function parseTaxPeriod(text: string): TaxPeriod | undefined {
	const spaced = text.trim().replace(/\s+/g, ' ');
	const code = PERIOD_CODE.exec(spaced);
	if (code) {
		const [, type, number, year] = code;
		const taxPeriodType = type.toUpperCase() === 'КВ' ? 'quarter' : 'month';
		return { taxPeriodType, taxPeriodNumber: String(Number(number)), taxPeriodYear: year };
	}
	const typeFirst = TYPE_FIRST.exec(spaced);
	const numberFirst = NUMBER_FIRST.exec(spaced);
	const [, type, number, year] = typeFirst ?? [
		'',
		numberFirst?.[2] ?? '',
		numberFirst?.[1] ?? '',
		numberFirst?.[3] ?? '',
	];
	const word = readWord('taxPeriodType', type);
	return word.ok
		? { taxPeriodType: word.value, taxPeriodNumber: number, taxPeriodYear: year }
		: undefined;
}
