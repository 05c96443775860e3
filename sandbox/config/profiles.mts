import { defaultSettings, type Settings } from './settings.mts';

/** One way to read what the public texts about the bank leave open. */
export interface Profile {
	/** Profiles with the same subject exclude each other; those with different subjects can be combined. */
	subject:
		| 'none'
		| 'keys'
		| 'repeated keys'
		| 'refused starts'
		| 'unclear starts'
		| 'metadata'
		| 'lists'
		| 'reads'
		| 'confirmations'
		| 'orders'
		| 'forms';
	meaning: string;
	settings: Partial<Settings>;
}

const metadata = (metadataForm: Settings['metadataForm'], meaning: string): Profile => ({
	subject: 'metadata',
	meaning,
	settings: { metadataForm, refundMetadataForm: metadataForm },
});

const lists = (listShape: Settings['listShape'], meaning: string): Profile => ({
	subject: 'lists',
	meaning: `closes sessions of failed operations as accepted, and shows operations and refunds ${meaning}`,
	settings: { listShape, closesFailedAsAccepted: true },
});

/** All profiles by name. `meaning` continues "The bank". */
export const profiles = {
	standard: {
		subject: 'none',
		meaning: 'answers as its documents, samples and SDK describe it',
		settings: {},
	},
	keysPerMethod: {
		subject: 'keys',
		meaning: 'takes a key once in each method',
		settings: { idempotencyNamespace: 'method' },
	},
	keysOfEveryPost: {
		subject: 'keys',
		meaning: 'checks the key of every POST, also of those that start nothing',
		settings: { idempotencyScope: 'everyPost' },
	},
	keysAnswered: {
		subject: 'repeated keys',
		meaning: 'answers a start with a repeated key with the session that the key started',
		settings: { repeatedKey: 'answered' },
	},
	refusedStartUsesKey: {
		subject: 'refused starts',
		meaning: 'uses up the key of a start that it refuses for a business reason',
		settings: { refusedStartUsesKey: true },
	},
	unclearStarts: {
		subject: 'unclear starts',
		meaning: 'refuses one start in five with a code of no table, and books half of them later',
		settings: { unclearStartRate: 0.2 },
	},
	metadataCut: metadata('cut', 'cuts metadata after 20 characters'),
	metadataLowerCase: metadata('lowerCase', 'shows metadata in lower case'),
	metadataHtmlEscaped: metadata('htmlEscaped', 'shows metadata with HTML entities'),
	metadataNfkc: metadata('nfkc', 'shows metadata in Unicode form NFKC'),
	metadataNumber: metadata('number', 'shows metadata of digits as a JSON number'),
	metadataText: metadata('text', 'shows an object in metadata as JSON text'),
	metadataAbsent: metadata('absent', 'shows no metadata'),
	refundMetadataAbsent: {
		subject: 'metadata',
		meaning: 'shows no metadata in refunds',
		settings: { refundMetadataForm: 'absent' },
	},
	listsKept: lists('list', 'as lists'),
	listsAsObjects: lists('object', 'as objects with the key "1"'),
	listsAsOne: lists('single', 'as one object'),
	listsWrapped: lists('wrapped', 'in a wrapper'),
	listsRenamed: lists('renamed', 'under another name'),
	listsHidden: lists('absent', 'nowhere'),
	laggingReads: {
		subject: 'reads',
		meaning: 'shows in session/status the state of 300 ms ago, in webhooks the present',
		settings: { readLagMs: 300 },
	},
	nextActionHidden: {
		subject: 'confirmations',
		meaning: 'shows no next_action',
		settings: { hidesNextAction: true },
	},
	confirmInformationInWebhooks: {
		subject: 'confirmations',
		meaning: 'shows confirm_information in webhooks only',
		settings: { hidesConfirmInformation: true },
	},
	feeDeducted: {
		subject: 'orders',
		meaning: 'deducts one kopeck from each payout and payment when it checks it',
		settings: { deductedFee: 1 },
	},
	otherAmountToConfirm: {
		subject: 'orders',
		meaning: 'shows another amount in confirm_information, and pays it',
		settings: { confirmedTransfer: 'otherAmount' },
	},
	otherAccountToConfirm: {
		subject: 'orders',
		meaning: 'shows another account in confirm_information, and pays to it',
		settings: { confirmedTransfer: 'otherAccount' },
	},
	amountsAsText: {
		subject: 'forms',
		meaning: 'writes amounts as text',
		settings: { amountsAsText: true },
	},
	emptyErrors: {
		subject: 'forms',
		meaning: 'shows an empty error in responses, sessions and operations that have none',
		settings: { emptyErrors: 'everywhere' },
	},
	flatStatements: {
		subject: 'forms',
		meaning: 'answers statements flat, as older states of its page show them',
		settings: { statementShape: 'flat' },
	},
	otherServiceBodies: {
		subject: 'forms',
		meaning: 'takes no session_id in an FPS check, and one person in a request for notifications',
		settings: { verificationSession: 'refused', notificationsFor: 'one' },
	},
} satisfies Record<string, Profile>;

/** Name of a profile. */
export type ProfileName = keyof typeof profiles;

const isProfileName = (name: string): name is ProfileName => Object.hasOwn(profiles, name);

/**
 * The profiles of a combination: names joined with `+`, such as `keysPerMethod+metadataCut`. Throws if a profile does
 * not exist or two of them have the same subject.
 */
export function profilesOf(names: string): Array<Profile & { name: ProfileName }> {
	const found = names.split('+').map((name) => {
		if (!isProfileName(name)) throw new Error(`There is no profile "${name}"`);
		return { name, ...profiles[name] };
	});
	for (const [at, { name, subject }] of found.entries()) {
		const other = found.slice(0, at).find((one) => one.subject === subject);
		if (other !== undefined) throw new Error(`${other.name} and ${name} exclude each other`);
	}
	return found;
}

/** The settings of a profile or combination, with the defaults of all settings that profiles have. */
export function settingsOfProfile(names: string): Partial<Settings> {
	const settings: Partial<Settings> = {};
	for (const profile of Object.values<Profile>(profiles)) {
		for (const name of Object.keys(profile.settings) as Array<keyof Settings>) {
			Object.assign(settings, { [name]: defaultSettings[name] });
		}
	}
	for (const profile of profilesOf(names)) Object.assign(settings, profile.settings);
	return settings;
}
