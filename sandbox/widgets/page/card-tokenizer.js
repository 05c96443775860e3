const container = 'bank131-card-tokenizer';

/** As documented: one public token, one callback, `render()` (api/11.3). */
window.Bank131CardTokenizer = class Bank131CardTokenizer {
	onTokenizationSuccess = () => {};

	constructor(publicToken) {
		this.publicToken = publicToken;
	}

	render() {
		const number = cardField();
		const send = async () => {
			const answer = await ask('cards', {
				public_token: this.publicToken,
				number: number.value(),
			});
			draw(
				container,
				done(`${answer.brand.toUpperCase()} •••• ${answer.last4}`, 'The card was accepted'),
			);
			this.onTokenizationSuccess(answer.card_token);
		};
		draw(container, form({ fields: [number], button: 'Continue', send }));
	}
};
