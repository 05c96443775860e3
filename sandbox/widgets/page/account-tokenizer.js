// Assumption: the docs know this widget, the names in it could not be read: chosen after the card's.
const container = 'bank131-account-tokenizer';

const fits = (bik, account) =>
	[...(bik.slice(-3) + account)]
		.map(Number)
		.reduce((sum, digit, place) => sum + digit * [7, 1, 3][place % 3], 0) %
		10 ===
	0;

window.Bank131AccountTokenizer = class Bank131AccountTokenizer {
	onTokenizationSuccess = () => {};

	constructor(publicToken) {
		this.publicToken = publicToken;
	}

	render() {
		const bik = field({
			label: 'BIK of the bank',
			name: 'bik',
			placeholder: '9 digits',
			maxlength: '9',
			problem: (text) => (text.length === 9 ? undefined : 'A BIK has 9 digits'),
		});
		const account = field({
			label: 'Account number',
			name: 'account',
			placeholder: '20 digits',
			maxlength: '24',
			format: groups(5),
			problem: (text) =>
				text.length !== 20
					? 'An account number has 20 digits'
					: fits(bik.value(), text)
						? undefined
						: 'There is a mistake in the account number, or it is at another bank',
		});
		const send = async () => {
			const answer = await ask('accounts', {
				public_token: this.publicToken,
				bik: bik.value(),
				account: account.value(),
			});
			draw(container, done(`Account •••• ${answer.last4}`, 'The account was accepted'));
			this.onTokenizationSuccess(answer.account_token);
		};
		draw(container, form({ fields: [bik, account], button: 'Continue', send }));
	}
};
