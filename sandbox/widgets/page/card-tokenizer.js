const container = 'bank131-card-tokenizer';

/** Documented: one public token, one callback, `render()` (api/11.3). */
window.Bank131CardTokenizer = class Bank131CardTokenizer {
	onTokenizationSuccess = () => {};

	constructor(publicToken) {
		this.publicToken = publicToken;
	}

	render() {
		const number = cardField();
		const send = async () => {
			const result = await callApi('cards', {
				public_token: this.publicToken,
				number: number.value(),
			});
			draw(
				container,
				successNote(`${result.brand.toUpperCase()} •••• ${result.last4}`, 'The card was accepted'),
			);
			this.onTokenizationSuccess(result.card_token);
		};
		draw(container, form({ fields: [number], button: 'Continue', send }));
	}
};
