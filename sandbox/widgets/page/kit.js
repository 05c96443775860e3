'use strict';
// What the stand-ins have in common; the sandbox puts it in front of each script.

/** The widgets talk to the host that served them. */
const home = new URL('api/', document.currentScript.src);

async function ask(name, body) {
	const response = await fetch(new URL(name, home), {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify(body),
	});
	const answer = await response.json();
	if (!response.ok) throw new Refusal(answer.error?.description ?? 'The bank refused');
	return answer;
}

/** Something the bank said; anything else that goes wrong is the line's fault. */
class Refusal extends Error {}

const reason = (error) =>
	error instanceof Refusal ? error.message : 'The bank could not be reached. Please try again.';

/** An element with text and children; never HTML. */
function el(tag, attributes = {}, ...children) {
	const made = document.createElement(tag);
	for (const [name, value] of Object.entries(attributes)) {
		if (name.startsWith('on')) made.addEventListener(name.slice(2), value);
		else if (value !== undefined && value !== false) made.setAttribute(name, value);
	}
	made.append(...children.filter((child) => child !== undefined));
	return made;
}

const digitsOf = (text) => text.replace(/\D/g, '');

function luhn(number) {
	const digits = [...number].reverse().map(Number);
	const sum = digits.reduce((total, digit, place) => {
		const weighed = place % 2 === 0 ? digit : digit * 2;
		return total + (weighed > 9 ? weighed - 9 : weighed);
	}, 0);
	return sum % 10 === 0;
}

function cardProblem(number) {
	if (number.length === 0) return 'Enter the number of the card';
	if (number.length < 14 || number.length > 19) return 'A card number has 14 to 19 digits';
	return luhn(number) ? undefined : 'There is a mistake in the card number';
}

function brandOf(number) {
	const head = Number(number.slice(0, 4).padEnd(4, '0'));
	if (number.startsWith('4')) return 'VISA';
	if (head >= 2200 && head <= 2204) return 'МИР';
	if ((head >= 5100 && head <= 5599) || (head >= 2221 && head <= 2720)) return 'Mastercard';
	return '';
}

/** A labelled input that says what is wrong with it. `problem(digits)` → text or undefined. */
function field({ label, name, problem = () => undefined, format = (text) => text, ...attributes }) {
	const error = el('span', { class: 'b131-error', role: 'alert', id: `b131-${name}-error` });
	const badge = el('span', { class: 'b131-badge', 'aria-hidden': 'true' });
	const input = el('input', {
		name,
		inputmode: 'numeric',
		autocomplete: 'off',
		'aria-describedby': `b131-${name}-error`,
		...attributes,
	});
	const value = () => digitsOf(input.value);
	const say = (text = '') => {
		error.textContent = text;
		input.setAttribute('aria-invalid', String(text !== ''));
	};
	input.addEventListener('input', () => {
		const atEnd = input.selectionStart === input.value.length;
		if (atEnd) input.value = format(value());
		say();
	});
	const box = el(
		'label',
		{ class: 'b131-field' },
		el('span', { class: 'b131-label' }, label),
		el('span', { class: 'b131-input' }, input, badge),
		error,
	);
	const check = () => {
		const text = problem(value());
		say(text);
		return text === undefined;
	};
	if (attributes.value !== undefined) input.value = format(digitsOf(attributes.value));
	return { box, input, badge, value, check, say };
}

const groups = (size) => (digits) => digits.replace(new RegExp(`(.{${size}})(?=.)`, 'g'), '$1 ');

function cardField() {
	const made = field({
		label: 'Card number',
		name: 'number',
		placeholder: '0000 0000 0000 0000',
		maxlength: '23',
		format: groups(4),
		problem: cardProblem,
	});
	made.input.addEventListener('input', () => {
		made.badge.textContent = brandOf(made.value());
	});
	return made;
}

const sandboxNote = () =>
	el('p', { class: 'b131-note' }, 'Sandbox stand-in for the widget of Bank 131. No real cards.');

/** Draws into the widget's container, which the page must have. */
function draw(id, ...children) {
	const container = document.getElementById(id);
	if (container === null) throw new Error(`The page has no element with id="${id}"`);
	container.classList.add('b131');
	container.replaceChildren(...children, sandboxNote());
	return container;
}

const done = (title, text) =>
	el(
		'div',
		{ class: 'b131-done', role: 'status' },
		el('span', { class: 'b131-tick', 'aria-hidden': 'true' }, '✓'),
		el('div', {}, el('b', {}, title), text === undefined ? undefined : el('p', {}, text)),
	);

/** A form that sends once at a time: no second click while the first is on its way. */
function form({ fields, extra = [], button, send }) {
	const submit = el('button', { type: 'submit', class: 'b131-button' }, button);
	const failure = el('p', { class: 'b131-failure', role: 'alert' });
	let busy = false;
	return el(
		'form',
		{
			novalidate: '',
			async onsubmit(event) {
				event.preventDefault();
				const good = fields.map((one) => one.check()).every(Boolean);
				if (!good) fields.find(({ input }) => input.ariaInvalid === 'true')?.input.focus();
				if (!good || busy) return;
				busy = submit.disabled = true;
				failure.textContent = '';
				try {
					await send();
				} catch (error) {
					failure.textContent = reason(error);
				} finally {
					busy = submit.disabled = false;
				}
			},
		},
		el('div', { class: 'b131-fields' }, ...fields.map(({ box }) => box)),
		...extra,
		failure,
		submit,
	);
}
