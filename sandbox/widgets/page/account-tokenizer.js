// Assumption: the docs mention this widget without its names; they follow those of the card widget.
const container = 'bank131-account-tokenizer';

const matchesBik = (bik, account) =>
	[...(bik.slice(-3) + account)]
		.map(Number)
		.reduce((sum, digit, index) => sum + digit * [7, 1, 3][index % 3], 0) %
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
					: matchesBik(bik.value(), text)
						? undefined
						: 'There is a mistake in the account number, or it is at another bank',
		});
		const send = async () => {
			const result = await callApi('accounts', {
				public_token: this.publicToken,
				bik: bik.value(),
				account: account.value(),
			});
			draw(container, successNote(`Account •••• ${result.last4}`, 'The account was accepted'));
			this.onTokenizationSuccess(result.account_token);
		};
		draw(container, form({ fields: [bik, account], button: 'Continue', send }));
	}
};
