import type { ListColumn } from './fields';

/**
 * The names of columns in lists that people, 1C and payroll programs write, in English and in Russian, separated by
 * `|`. They are compared as `foldName` folds them, so blanks, signs, capitals and ё make no difference.
 */
export const columnNames: Readonly<Record<ListColumn, string>> = {
	reference: `reference|ref|payout reference|payment reference|payout id|payout number|payment id|payment number
		|transaction id|external id|order id|order number|invoice|invoice id|invoice number
		|референс|номер выплаты|№ выплаты|id выплаты|ид выплаты|код выплаты|идентификатор выплаты
		|номер платежа|№ платежа|id платежа|ид платежа|идентификатор платежа|номер операции|id операции|ид операции
		|идентификатор операции|id транзакции|номер транзакции|номер платёжного поручения
		|номер заказа|№ заказа|id заказа|номер заявки|№ заявки|id заявки|номер акта|номер инвойса|номер начисления
		|внешний id|внешний идентификатор|уникальный номер|уникальный идентификатор`,
	amount: `amount|sum|payout amount|payment amount|transfer amount|amount to pay|sum to pay|to pay|summa
		|сумма|сумма выплаты|сумма к выплате|сумма платежа|сумма перевода|сумма операции|сумма к оплате|сумма к перечислению
		|сумма перечисления|сумма зачисления|сумма вознаграждения|сумма документа|сумма на руки|к выплате|к оплате
		|к перечислению|итого к выплате|размер выплаты`,
	currency: `currency|currency code|payout currency|payment currency
		|валюта|валюта платежа|валюта выплаты|валюта перевода|код валюты|вал.`,
	payoutMethod: `payout method|method|payment method|payout type|transfer method
		|способ|способ выплаты|способ оплаты|способ перевода|способ получения|способ перечисления|метод|метод выплаты
		|тип выплаты|вид выплаты|тип перевода|вид перевода|куда|куда платить|канал выплаты|тип реквизитов|вид реквизитов
		|как платить|как платим|как заплатить|как выплатить|как выплачивать|как перевести|как переводить|как переводим`,
	recipientName: `recipient name|recipient|full name|payee|payee name|recipient full name|beneficiary name|fio|poluchatel
		|employee|employee name|contractor|contractor name|cardholder|cardholder name|account holder name
		|ФИО|Ф.И.О. получателя|получатель|получатель платежа|получатель средств|получатель денежных средств
		|наименование получателя|название получателя|полное имя|полное наименование|фамилия имя отчество|фамилия имя
		|имя фамилия|имя и фамилия|фамилия и имя|ФИО полностью|ФИО сотрудника|ФИО исполнителя|ФИО самозанятого|ФИО физлица
		|ФИО владельца карты|сотрудник|работник|исполнитель|физическое лицо|физлицо|контрагент|наименование контрагента
		|наименование организации|курьер|водитель|владелец счёта|держатель карты|владелец карты`,
	lastName: 'last name|surname|family name|familiya|фамилия|фамилия получателя|фамилия сотрудника',
	firstName: 'first name|given name|imya|имя|имя получателя|имя сотрудника',
	middleName:
		'middle name|patronymic|second name|otchestvo|отчество|отчество получателя|отчество сотрудника',
	cardNumber: `card number|card|pan|recipient card|recipient card number|bank card|bank card number
		|номер карты|карта|№ карты|банковская карта|номер банковской карты|карта получателя|номер карты получателя
		|номер пластиковой карты|номер карточки`,
	cardHash: 'card hash|widget hash|card widget hash|хэш карты|хеш карты',
	savedCard: 'card token|saved card|токен карты',
	iban: 'iban|iban number|account iban|recipient iban|номер iban|счёт iban|iban получателя',
	savedAccount: 'account token|bank account token|saved account|токен счёта',
	token: 'token|токен',
	account: `account number|account|bank account|bank account number|recipient account|payee account
		|recipient account number
		|счёт|номер счёта|№ счёта|счёт получателя|номер счёта получателя|расчётный счёт|номер расчётного счёта
		|расчётный счёт получателя|р/с|р/с получателя|р/сч|р/счёт|расч. счёт|лицевой счёт|номер лицевого счёта
		|лицевой счёт получателя|л/с|л/сч|лиц. счёт|банковский счёт|номер банковского счёта|счёт зачисления
		|счёт контрагента|счёт сотрудника|счёт физлица|текущий счёт|schet`,
	bik: `bik|bic|bank bik|bank bic|recipient bik|recipient bank bik
		|БИК|БИК банка|БИК получателя|БИК банка получателя|код БИК`,
	accountHolder: `account holder|account holder type|holder|holder type|recipient type
		|тип получателя|вид получателя|статус получателя|категория получателя|тип владельца счёта|тип контрагента
		|вид контрагента`,
	inn: 'recipient inn|recipient tax id|ИНН получателя|ИНН организации|ИНН компании|ИНН ИП',
	anyInn: 'inn|tax id|ИНН|ИНН контрагента|ИНН физлица|ИНН сотрудника|ИНН исполнителя',
	kpp: 'kpp|recipient kpp|КПП|КПП получателя|КПП контрагента|КПП организации',
	urgent: 'urgent|urgent (besp)|besp|срочно|срочный|срочность|срочный перевод|БЭСП',
	purpose: `purpose|payment purpose|purpose of payment|payout purpose
		|назначение|назначение платежа|назначение выплаты|назначение перевода|назначение перечисления
		|текст назначения платежа|цель платежа`,
	phone: `phone|phone number|telephone|telephone number|mobile|mobile phone|mobile number|recipient phone
		|sbp phone|fps phone|telefon
		|телефон|номер телефона|№ телефона|тел.|тел. номер|телефон получателя|номер телефона получателя|мобильный
		|мобильный телефон|моб. телефон|моб.|номер мобильного|сотовый|сотовый телефон|телефон СБП|телефон для СБП
		|номер телефона СБП|номер телефона для СБП|контактный телефон|телефон сотрудника|телефон исполнителя`,
	fpsBankId: `fps bank|fps bank id|bank|bank name|bank id|recipient bank|recipient bank id|sbp bank|sbp bank id|member id
		|банк|банк получателя|наименование банка|название банка|наименование банка получателя|банк СБП|банк для СБП
		|банк получателя СБП|банк в СБП|id банка|id банка СБП|ид банка|код банка СБП|банк-участник СБП`,
	wallet: `wallet|wallet number|wallet id
		|кошелёк|номер кошелька|электронный кошелёк|номер электронного кошелька|кошелёк получателя`,
	walletAccount: 'payout wallet|кошелёк для выплаты',
	yoomoneyWallet: `yoomoney|yoomoney wallet|yoomoney account|yandex money|yandex wallet
		|ЮMoney|ЮМани|кошелёк ЮMoney|кошелёк ЮМани|номер кошелька ЮMoney|счёт ЮMoney|Яндекс.Деньги|Яндекс кошелёк`,
	qiwiWallet: 'qiwi|qiwi wallet|киви|киви кошелёк|кошелёк qiwi|кошелёк киви',
	monetaWallet: 'moneta|moneta wallet|монета|кошелёк moneta|moneta.ru',
	steamWallet: 'steam|steam wallet|steam account|стим|аккаунт steam|логин steam|логин стим',
	walletNote: 'wallet note|описание перевода|сообщение получателю|комментарий получателю',
	taxPeriod: 'tax period|налоговый период|период налога',
	taxPeriodType: 'tax period type|тип налогового периода',
	taxPeriodNumber: 'tax period number|period number|номер налогового периода',
	taxPeriodYear: 'tax period year|год налогового периода',
	tax_description: 'tax description|tax purpose|назначение налогового платежа',
	tax_uin: 'uin|uin (УИН)|tax uin|УИН',
	tax_kbk: 'kbk|kbk (КБК)|tax kbk|КБК',
	tax_oktmo: 'oktmo|oktmo (ОКТМО)|tax oktmo|ОКТМО',
	tax_paymentReason:
		'payment reason|payment reason (основание)|tax payment reason|основание платежа|основание налогового платежа',
	tax_period: 'tax period (text)|tax period (налоговый период)|код налогового периода',
	tax_documentNumber: 'tax document number|номер налогового документа',
	tax_documentDate: 'tax document date|дата налогового документа',
	tax_payerInn: 'taxpayer inn|taxpayer inn (ИНН)|tax payer inn|ИНН налогоплательщика',
	tax_payerKpp: 'taxpayer kpp|taxpayer kpp (КПП)|tax payer kpp|КПП налогоплательщика',
	tax_payeeName: 'tax payee name|наименование казначейства',
	tax_payeeInn: 'tax payee inn|ИНН налогового органа',
	tax_payeeKpp: 'tax payee kpp|КПП налогового органа',
	tax_payeeBik: 'tax payee bik|БИК казначейства',
	tax_payeeAccount: 'tax payee account|казначейский счёт',
	tax_payeeSingleAccount:
		'tax payee single account|tax payee single account (ЕКС)|единый казначейский счёт',
	issueReceipt: `issue receipt|issue fiscal receipt|receipt|fiscal receipt
		|чек|нужен чек|выдать чек|сформировать чек|фискальный чек|чек НПД|чек самозанятого`,
	selfEmployedInn: `self-employed inn|inn of the self-employed
		|ИНН самозанятого|ИНН самозанятой|ИНН самозанятых|ИНН НПД|ИНН плательщика НПД`,
	serviceName: `service|service name|receipt service
		|услуга|наименование услуги|название услуги|описание услуги|услуга в чеке|услуга для чека|наименование услуги в чеке`,
	payerType: 'payer type|receipt payer|receipt payer type|тип плательщика|тип заказчика',
	payerInn: 'payer inn|receipt payer inn|customer inn|ИНН плательщика|ИНН заказчика',
	payerName:
		'payer name|receipt payer name|payer|плательщик|наименование плательщика|заказчик|наименование заказчика',
	confirmation: 'confirmation|approval|подтверждение|согласование',
	payFrom: 'pay from|paying account|списать с|тип счёта списания',
	sourceAccount: `source account|your account number|payer account|debit account
		|счёт списания|счёт плательщика|номер счёта плательщика|расчётный счёт плательщика|р/с плательщика|счёт отправителя`,
	beneficiaryInn: 'beneficiary inn|ИНН бенефициара',
	transferPurpose: 'transfer purpose|назначение внутреннего перевода',
};

/**
 * Names of the numbers of rows. Where a list has no other Reference, the output says what that means. Not `row_number`,
 * which n8n's Google Sheets node adds to every row.
 */
const ROW_NUMBER_NAMES = '№|№ п/п|№ пп|п/п|номер п/п|№ строки|номер строки|N|N п/п|No|No п/п';

/** Names under which a list may number its rows. An ID is more than that. */
export const rowNumberNames = `${ROW_NUMBER_NAMES}|номер|number`;

/**
 * Names that are common and vague. They are used only where the list has no other name of the column, the first ones
 * first.
 */
export const vagueNames: Readonly<Partial<Record<ListColumn, readonly string[]>>> = {
	reference: [
		'номер документа|№ документа|номер|number',
		'id|ид|идентификатор|uuid|guid',
		ROW_NUMBER_NAMES,
	],
	recipientName: ['name|наименование'],
};

/**
 * What may stand behind the name of a column, in brackets or after a comma, without a meaning of its own. A number
 * before it is ignored: `20 digits`.
 */
export const namelessNotes = `required|optional|text|digits|characters|as in the passport
	|обязательно|обязательное поле|обязательное|необязательно|полностью|как в паспорте|по паспорту|получателя
	|текст|цифра|цифры|цифр|знак|знака|знаков|символа|символов`;

/**
 * Units that may stand behind the name of the amount. `minor`: kopecks or cents. Without a currency the currency of the
 * row counts.
 */
export const amountUnits: ReadonlyArray<{
	names: string;
	unit: 'major' | 'minor' | 'unsupported';
	currency?: 'rub' | 'usd' | 'eur';
}> = [
	{
		names: 'руб|рубль|рубли|рублей|в рублях|р|₽|rub|rur|rubles|in rubles|рос руб',
		unit: 'major',
		currency: 'rub',
	},
	{ names: 'коп|копейки|копеек|в копейках|kop|kopecks|in kopecks', unit: 'minor', currency: 'rub' },
	{
		names: 'usd|$|долл|доллары|долларов|долл сша|dollars|in dollars',
		unit: 'major',
		currency: 'usd',
	},
	{ names: 'eur|€|евро|euro|euros|in euros', unit: 'major', currency: 'eur' },
	{ names: 'minor units|in minor units|cents|in cents|центы|центов', unit: 'minor' },
	{ names: 'тыс|тыс руб|тысяч|тысяч рублей|млн|млн руб|k|thousand|million', unit: 'unsupported' },
];
