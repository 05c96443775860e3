// Assumption: the docs know this widget, the names in it could not be read: chosen after the card's.
const container = 'bank131-payment-form';

const roubles = new Intl.NumberFormat('ru-RU', { style: 'currency', currency: 'RUB' });
const later = (ms) => new Promise((done) => setTimeout(done, ms));

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
			this.draw(await ask('payments/form', this.token));
		} catch (error) {
			draw(container, el('p', { class: 'b131-failure', role: 'alert' }, reason(error)));
		}
	}

	draw({ amount, currency, recurrent }) {
		const number = cardField();
		const until = field({
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
			const state = await ask('payments', {
				...this.token,
				number: number.value(),
				expiration_month: until.value().slice(0, 2),
				expiration_year: until.value().slice(2),
				security_code: code.value(),
				recurrent: consent.checked,
			});
			void this.follow(state);
		};
		draw(container, form({ fields: [number, until, code], extra, button: `Pay ${sum}`, send }));
	}

	/** Until the payment is final; meanwhile the payer may have to pass 3-D Secure. */
	async follow(state) {
		let shown;
		for (; !['succeeded', 'failed'].includes(state.status); await later(500)) {
			if (state.status !== shown) this.showWaiting(state);
			shown = state.status;
			state = await ask('payments/status', this.token).catch(() => state);
		}
		const paid = state.status === 'succeeded';
		const why = state.description ?? 'The payment failed';
		draw(container, paid ? done('Paid') : el('p', { class: 'b131-failure', role: 'alert' }, why));
		(paid ? this.onPaymentSuccess : this.onPaymentFailure)(state);
		if (state.return_url !== undefined) window.location.assign(state.return_url);
	}

	/** The bank's widget redirects by itself; this one asks first, so that a test can look. */
	showWaiting({ status, redirect_url }) {
		const link = { href: redirect_url, target: '_blank', class: 'b131-button' };
		draw(
			container,
			el('p', { role: 'status' }, 'Your payment is being processed…'),
			status === 'action_required' ? el('a', link, "Confirm at your card's bank") : '',
		);
	}
};
