const container = 'bank131-self-employed';

/**
 * Documented: options, the stage `bind`, `render()`, and the states that a person sees (api/11.5).
 * Assumption: the result is a message to the window, `{ type: 'bank131-self-employed', status }`.
 * The docs mention messages without their form.
 */
window.Bank131SelfEmployed = class Bank131SelfEmployed {
	static STAGES = { bind: 'bind' };

	constructor({ publicToken, stage, initialValues = {} }) {
		if (stage !== Bank131SelfEmployed.STAGES.bind) throw new Error(`Unknown stage: ${stage}`);
		this.publicToken = publicToken;
		this.initial = initialValues.taxReferenceOrPhone ?? initialValues.taxReference;
	}

	render() {
		const person = field({
			label: 'INN or phone number',
			name: 'person',
			placeholder: '12 or 11 digits',
			maxlength: '14',
			value: this.initial,
			problem: (text) =>
				text.length === 12 || text.length === 11
					? undefined
					: 'An INN has 12 digits, a phone number 11',
		});
		const send = async () => {
			const result = await callApi('links', {
				public_token: this.publicToken,
				tax_reference_or_phone: person.value(),
			});
			this.show(result.status);
		};
		draw(container, form({ fields: [person], button: 'Ask to be linked', send }));
	}

	show(status) {
		if (status === 'sent') this.showSent();
		else if (status === 'confirmed') {
			draw(container, successNote('Linked', 'Bank 131 may now issue receipts for you'));
		} else {
			draw(container, el('p', { class: 'b131-failure', role: 'alert' }, 'You refused in My Tax.'));
		}
		window.postMessage({ type: 'bank131-self-employed', status }, '*');
	}

	showSent() {
		const token = { public_token: this.publicToken };
		const failure = el('p', { class: 'b131-failure', role: 'alert' });
		const attempt = (work) => async () => {
			failure.textContent = '';
			await work().catch((error) => (failure.textContent = errorText(error)));
		};
		const decide = (allow) => attempt(() => callApi('links/answer', { ...token, allow }));
		const refresh = attempt(async () => {
			const { status } = await callApi('links/status', token);
			if (status !== 'sent') return this.show(status);
			failure.textContent = 'The tax service has no answer from you yet.';
		});
		draw(
			container,
			el('b', {}, 'The request was sent'),
			el('p', {}, 'Open the app My Tax, allow Bank 131, then come back.'),
			el(
				'div',
				{ class: 'b131-other' },
				el('span', {}, 'Sandbox: the app My Tax'),
				el('button', { type: 'button', class: 'b131-small', onclick: decide(true) }, 'Allow'),
				el('button', { type: 'button', class: 'b131-small', onclick: decide(false) }, 'Refuse'),
			),
			failure,
			el('button', { type: 'button', class: 'b131-button', onclick: refresh }, 'Refresh'),
		);
	}
};
