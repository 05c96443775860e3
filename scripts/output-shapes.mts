/**
 * Output fields of each operation, by `resource.operation`. The schemas that n8n shows before a node has run are
 * generated from this file. The engine tests validate every real output against it (test/support/schemas.mts).
 */
export type FieldType = 'string' | 'number' | 'boolean' | 'object' | 'array' | 'any';
/** Field name → type; `[{…}]` is a list of such objects. */
export interface Shape {
	[field: string]: FieldType | [Shape];
}

const amount = (name: string): Shape => ({ [name]: 'string', [`${name}MinorUnits`]: 'number' });

const money: Shape = { ...amount('amount'), currency: 'string' };

const refund: Shape = {
	refundId: 'string',
	status: 'string',
	...money,
	reference: 'string',
	metadata: 'any',
	isChargeback: 'boolean',
	createdAt: 'string',
	finishedAt: 'string',
};

/** Fields that payouts and payments share. */
const operation: Shape = {
	...money,
	...amount('fee'),
	...amount('net'),
	...amount('gross'),
	method: 'string',
	cardBrand: 'string',
	cardLast4: 'string',
	cardBin: 'string',
	cardCountry: 'string',
	cardId: 'string',
	customerReference: 'string',
	rrn: 'string',
	authCode: 'string',
	arn: 'string',
	fpsMessageId: 'string',
	accountToken: 'string',
	refunds: [refund],
	...amount('refunded'),
	finishedAt: 'string',
	metadata: 'any',
	errorCode: 'string',
	errorDescription: 'string',
	rejectReasons: 'array',
};

const payout: Shape = {
	payoutId: 'string',
	payoutStatus: 'string',
	receiptId: 'string',
	receiptLink: 'string',
};

const payment: Shape = {
	paymentId: 'string',
	paymentStatus: 'string',
	redirectUrl: 'string',
	redirectBaseUrl: 'string',
	redirectMethod: 'string',
	redirectQuery: 'object',
	redirectParams: 'object',
	qrContent: 'string',
	qrImage: 'string',
	recurringToken: 'string',
	recurringIsActive: 'boolean',
	subscriptionId: 'string',
};

const session: Shape = {
	outcome: 'string',
	final: 'boolean',
	reference: 'string',
	sessionId: 'string',
	sessionStatus: 'string',
	nextAction: 'string',
	advice: 'string',
	adviceCode: 'string',
	createdAt: 'string',
	updatedAt: 'string',
	confirmInformation: 'object',
	/** Only with Simplify off: the session as the bank sent it. */
	session: 'object',
};

/** The session of an operation that was started under a Reference; the bank may show that in another form. */
const ownSession: Shape = {
	outcome: 'string',
	reference: 'string',
	bankReference: 'string',
	...session,
	triedSessionId: 'string',
};

/** For sessions with more than one operation. Each has the fields of an item; these fields identify it. */
const operationList: Shape = {
	operations: [
		{
			kind: 'string',
			payoutId: 'string',
			payoutStatus: 'string',
			paymentId: 'string',
			paymentStatus: 'string',
			...money,
		},
	],
};

const payoutResult: Shape = {
	...ownSession,
	recipientName: 'string',
	recipient: 'string',
	...operation,
	bankMethod: 'string',
	...payout,
	...operationList,
};
const paymentResult: Shape = { ...ownSession, payer: 'string', ...operation, ...payment };
const anySession: Shape = { ...session, ...operation, ...payout, ...payment, ...operationList };

const selfEmployed: Shape = {
	status: 'string',
	requestId: 'string',
	isSelfEmployed: 'boolean',
	isLinked: 'boolean',
	canGetReceipt: 'boolean',
	advice: 'string',
	answer: 'object',
};

const recurringToken: Shape = {
	isActive: 'boolean',
	createdAt: 'string',
	finishedAt: 'string',
	type: 'string',
};

const balance: Shape = { ...amount('balance'), currency: 'string' };

/** Under the names of the parameters of Send. A row has the fields of its method only. */
const payoutListRow: Shape = {
	reference: 'string',
	recipientName: 'string',
	amount: 'string',
	currency: 'string',
	payoutMethod: 'string',
	account: 'string',
	bik: 'string',
	iban: 'string',
	accountHolder: 'string',
	inn: 'string',
	kpp: 'string',
	savedAccount: 'string',
	cardNumber: 'string',
	savedCard: 'string',
	cardHash: 'string',
	phone: 'string',
	fpsBankId: 'string',
	walletAccount: 'string',
	purpose: 'string',
	walletNote: 'string',
	urgent: 'boolean',
	...Object.fromEntries(
		[
			...['taxPeriodType', 'taxPeriodNumber', 'taxPeriodYear', 'tax_description', 'tax_uin'],
			...['tax_kbk', 'tax_oktmo', 'tax_paymentReason', 'tax_period', 'tax_documentNumber'],
			...['tax_documentDate', 'tax_payerInn', 'tax_payerKpp', 'tax_payeeName', 'tax_payeeInn'],
			...['tax_payeeKpp', 'tax_payeeBik', 'tax_payeeAccount', 'tax_payeeSingleAccount'],
		].map((name) => [name, 'string' as const]),
	),
	payFrom: 'string',
	sourceAccount: 'string',
	beneficiaryInn: 'string',
	transferPurpose: 'string',
	issueReceipt: 'boolean',
	selfEmployedInn: 'string',
	serviceName: 'string',
	payerType: 'string',
	payerInn: 'string',
	payerName: 'string',
	confirmation: 'string',
	line: 'number',
	row: 'number',
};

/** Fields with which the output of a session begins and ends (`bank131/session/describe.ts`). */
const FIRST_FIELDS = [
	...['reference', 'bankReference', 'refundReference', 'recipientName', 'payer'],
	...['outcome', 'final', 'amount', 'currency', 'errorDescription', 'advice'],
	...['recipient', 'amountMinorUnits', 'errorCode', 'adviceCode', 'method', 'bankMethod'],
	...['sessionId', 'triedSessionId', 'sessionStatus', 'nextAction'],
	...['payoutId', 'payoutStatus', 'paymentId', 'paymentStatus'],
];
const LAST_FIELDS = [
	...['receiptId', 'receiptLink', 'recurringToken', 'recurringIsActive', 'subscriptionId'],
	...['rrn', 'authCode', 'arn', 'fpsMessageId', 'accountToken', 'refunds'],
	...['refunded', 'refundedMinorUnits', 'finishedAt', 'rejectReasons', 'metadata'],
	...['createdAt', 'updatedAt', 'confirmInformation', 'operations', 'session', 'refund'],
];

/** The shape in the order of the output, so that the preview in the editor looks like the result. */
function inOrder(shape: Shape): Shape {
	if (!('outcome' in shape)) return shape;
	const names = Object.keys(shape);
	const isMiddle = (name: string) => !FIRST_FIELDS.includes(name) && !LAST_FIELDS.includes(name);
	const ordered = [...FIRST_FIELDS, ...names.filter(isMiddle), ...LAST_FIELDS];
	return Object.fromEntries(
		ordered.filter((name) => name in shape).map((name) => [name, shape[name]]),
	);
}

const shapes: Record<string, Shape> = {
	'account.getBalance': { accountNumber: 'string', ...balance },
	'account.getStatement': {
		day: 'string',
		direction: 'string',
		amount: 'any',
		baseAmount: 'any',
		currency: 'string',
		paymentDate: 'string',
		sessionId: 'string',
		transactionId: 'string',
		bankSystemId: 'string',
		purpose: 'string',
		counterPartyName: 'string',
		counterPartyInn: 'string',
		counterPartyKpp: 'string',
		counterPartyAccount: 'string',
		counterPartyBank: 'string',
	},
	'balance.get': { walletId: 'string', ...balance },
	'fps.getBanks': { bankId: 'string', name: 'string', russianName: 'string' },
	'fps.verifyRecipient': {
		found: 'boolean',
		pending: 'boolean',
		phone: 'string',
		fpsBankId: 'string',
		sessionId: 'string',
		sessionStatus: 'string',
		errorCode: 'string',
		errorDescription: 'string',
		advice: 'string',
	},
	'payment.capture': { ...anySession },
	'payment.initiate': paymentResult,
	'payment.initiateAndWait': paymentResult,
	'payment.sberPayPush': { sessionId: 'string', sent: 'boolean' },
	'payment.start': { ...paymentResult, ...payout, ...operationList },
	'payout.initiate': payoutResult,
	'payout.readList': payoutListRow,
	'payout.send': payoutResult,
	'payout.start': payoutResult,
	'receipt.create': { ...ownSession, ...operation, ...payout },
	'recurringToken.disable': recurringToken,
	'recurringToken.get': recurringToken,
	'refund.create': {
		...session,
		refundReference: 'string',
		...operation,
		...payment,
		...payout,
		...operationList,
		refund: 'object',
	},
	'report.read': {
		report: 'string',
		type: 'string',
		reference: 'string',
		metadata: 'any',
		sessionId: 'string',
		payoutId: 'string',
		paymentId: 'string',
		...money,
		...amount('grossAmount'),
		...amount('settlement'),
		...amount('fee'),
		recipient: 'string',
		cardNumber: 'string',
		createdAt: 'string',
		finishedAt: 'string',
		paymentFast: 'boolean',
		rrn: 'string',
		contract: 'string',
		product: 'string',
		projectName: 'string',
	},
	'report.reconcile': {
		result: 'string',
		matchedBy: 'string',
		reference: 'string',
		bankReference: 'string',
		sessionId: 'string',
		payoutId: 'string',
		paymentId: 'string',
		...amount('sheetAmount'),
		...amount('bankAmount'),
		...amount('difference'),
		...amount('returnedAmount'),
		currency: 'string',
		finishedAt: 'string',
		advice: 'string',
	},
	'selfEmployed.check': { inn: 'string', ...selfEmployed },
	'selfEmployed.checkPersonalInfo': {
		inn: 'string',
		matches: 'boolean',
		mismatches: 'array',
		answer: 'object',
	},
	'selfEmployed.countNotifications': { inn: 'string', count: 'number' },
	'selfEmployed.getNotifications': {
		inn: 'string',
		notificationId: 'string',
		title: 'string',
		message: 'string',
		status: 'string',
		createdAt: 'string',
	},
	'selfEmployed.getResult': selfEmployed,
	'selfEmployed.markDelivered': { inn: 'string', notificationIds: 'array', delivered: 'boolean' },
	'selfEmployed.updateNotificationStatus': {
		inn: 'string',
		notificationIds: 'array',
		status: 'string',
	},
	'session.cancel': anySession,
	'session.confirm': anySession,
	'session.create': { ...session, bankReference: 'string' },
	'session.get': anySession,
	'session.initMultiple': { ...ownSession, ...anySession },
	'session.wait': anySession,
	'subscription.cancel': { subscriptionId: 'string', cancelled: 'boolean' },
	'subscription.restore': { subscriptionId: 'string', restored: 'boolean' },
	'token.createWidgetToken': { publicToken: 'string' },
	'token.getInfo': {
		type: 'string',
		brand: 'string',
		last4: 'string',
		countryIso3: 'string',
		maskedAccount: 'string',
		createdAt: 'string',
		finishedAt: 'string',
		isActive: 'boolean',
		initiator: 'string',
	},
	'token.tokenizeAccount': { token: 'string', maskedAccount: 'string' },
	'token.tokenizeCard': { maskedCard: 'string', token: 'string', network: 'string' },
};

/** Output shape by `resource.operation`. */
export const outputShapes: Record<string, Shape> = Object.fromEntries(
	Object.entries(shapes).map(([name, shape]) => [name, inOrder(shape)]),
);
