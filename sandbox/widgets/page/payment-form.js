// Assumption: the docs mention this widget without its names; they follow those of the card widget.
const container = 'bank131-payment-form';

const roubles = new Intl.NumberFormat('ru-RU', { style: 'currency', currency: 'RUB' });
const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

const expiry = (digits) => digits.replace(/^(\d{2})(?=\d)/, '$1 / ');
const expiryProblem = (text) =>
	text.length === 4 && Number(text.slice(0, 2)) >= 1 && Number(text.slice(0, 2)) <= 12
		? undefined
		: 'Month and year, e.g. 12 / 30';

window.Bank131PaymentForm = class Bank131PaymentForm {
	onPaymentSuccess = () => {};
	onPaymentFailure = () => {};

	constructor(publicToken) {
		this.token = { public_token: publicToken };
	}

	async render() {
		try {
			this.draw(await callApi('payments/form', this.token));
		} catch (error) {
			draw(container, el('p', { class: 'b131-failure', role: 'alert' }, errorText(error)));
		}
	}

	draw({ amount, currency, recurrent }) {
		const number = cardField();
		const expiryField = field({
			label: 'Valid until',
			name: 'expiry',
			placeholder: 'MM / YY',
			maxlength: '7',
			format: expiry,
			problem: expiryProblem,
		});
		const code = field({
			label: 'CVC',
			name: 'code',
			type: 'password',
			placeholder: '•••',
			maxlength: '4',
			problem: (text) => (/^\d{3,4}$/.test(text) ? undefined : '3 or 4 digits'),
		});
		const consent = el('input', { type: 'checkbox', name: 'recurrent' });
		const text = 'Allow automatic payments from this card';
		const extra = recurrent ? [el('label', { class: 'b131-check' }, consent, text)] : [];
		const sum = currency.toLowerCase() === 'rub' ? roubles.format(amount / 100) : `${amount / 100}`;
		const send = async () => {
			const state = await callApi('payments', {
				...this.token,
				number: number.value(),
				expiration_month: expiryField.value().slice(0, 2),
				expiration_year: expiryField.value().slice(2),
				security_code: code.value(),
				recurrent: consent.checked,
			});
			void this.pollUntilFinal(state);
		};
		draw(
			container,
			form({ fields: [number, expiryField, code], extra, button: `Pay ${sum}`, send }),
		);
	}

	/** Polls until the payment is final. The payer may have to pass 3-D Secure first. */
	async pollUntilFinal(state) {
		let shownStatus;
		for (; !['succeeded', 'failed'].includes(state.status); await wait(500)) {
			if (state.status !== shownStatus) this.showWaiting(state);
			shownStatus = state.status;
			state = await callApi('payments/status', this.token).catch(() => state);
		}
		const isPaid = state.status === 'succeeded';
		const error = state.description ?? 'The payment failed';
		draw(
			container,
			isPaid ? successNote('Paid') : el('p', { class: 'b131-failure', role: 'alert' }, error),
		);
		(isPaid ? this.onPaymentSuccess : this.onPaymentFailure)(state);
		if (state.return_url !== undefined) window.location.assign(state.return_url);
	}

	/** The widget of the bank redirects at once; this one shows a link, so that a test can check it. */
	showWaiting({ status, redirect_url }) {
		const link = { href: redirect_url, target: '_blank', class: 'b131-button' };
		draw(
			container,
			el('p', { role: 'status' }, 'Your payment is being processed…'),
			status === 'action_required' ? el('a', link, "Confirm at your card's bank") : '',
		);
	}
};
