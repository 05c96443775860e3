'use strict';
// Shared code of the widgets; the sandbox inserts it before each script.

/** The widgets call the host that served them. */
const API_URL = new URL('api/', document.currentScript.src);

/** Calls the widget API; throws an ApiError with the description of the bank. */
async function callApi(name, body) {
	const response = await fetch(new URL(name, API_URL), {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify(body),
	});
	const result = await response.json();
	if (!response.ok)
		throw new ApiError(result.error?.description ?? 'The bank rejected the request');
	return result;
}

/** An error response of the bank; other errors come from the connection. */
class ApiError extends Error {}

const errorText = (error) =>
	error instanceof ApiError ? error.message : 'The bank could not be reached. Please try again.';

/** An element with text and children; never HTML. */
function el(tag, attributes = {}, ...children) {
	const element = document.createElement(tag);
	for (const [name, value] of Object.entries(attributes)) {
		if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
		else if (value !== undefined && value !== false) element.setAttribute(name, value);
	}
	element.append(...children.filter((child) => child !== undefined));
	return element;
}

const digitsOf = (text) => text.replace(/\D/g, '');

function hasValidCheckDigit(number) {
	const digits = [...number].reverse().map(Number);
	const sum = digits.reduce((total, digit, index) => {
		const weighted = index % 2 === 0 ? digit : digit * 2;
		return total + (weighted > 9 ? weighted - 9 : weighted);
	}, 0);
	return sum % 10 === 0;
}

function cardProblem(number) {
	if (number.length === 0) return 'Enter the number of the card';
	if (number.length < 14 || number.length > 19) return 'A card number has 14 to 19 digits';
	return hasValidCheckDigit(number) ? undefined : 'There is a mistake in the card number';
}

function cardBrand(number) {
	const head = Number(number.slice(0, 4).padEnd(4, '0'));
	if (number.startsWith('4')) return 'VISA';
	if (head >= 2200 && head <= 2204) return 'МИР';
	if ((head >= 5100 && head <= 5599) || (head >= 2221 && head <= 2720)) return 'Mastercard';
	return '';
}

/** A labelled input with an error text. `problem(digits)` returns the error text or undefined. */
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
	const showError = (text = '') => {
		error.textContent = text;
		input.setAttribute('aria-invalid', String(text !== ''));
	};
	input.addEventListener('input', () => {
		const atEnd = input.selectionStart === input.value.length;
		if (atEnd) input.value = format(value());
		showError();
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
		showError(text);
		return text === undefined;
	};
	if (attributes.value !== undefined) input.value = format(digitsOf(attributes.value));
	return { box, input, badge, value, check, showError };
}

const groups = (size) => (digits) => digits.replace(new RegExp(`(.{${size}})(?=.)`, 'g'), '$1 ');

function cardField() {
	const cardInput = field({
		label: 'Card number',
		name: 'number',
		placeholder: '0000 0000 0000 0000',
		maxlength: '23',
		format: groups(4),
		problem: cardProblem,
	});
	cardInput.input.addEventListener('input', () => {
		cardInput.badge.textContent = cardBrand(cardInput.value());
	});
	return cardInput;
}

const sandboxNote = () =>
	el('p', { class: 'b131-note' }, 'Sandbox stand-in for the widget of Bank 131. No real cards.');

/** Draws into the container of the widget. Throws if the page has no such element. */
function draw(id, ...children) {
	const container = document.getElementById(id);
	if (container === null) throw new Error(`The page has no element with id="${id}"`);
	container.classList.add('b131');
	container.replaceChildren(...children, sandboxNote());
	return container;
}

const successNote = (title, text) =>
	el(
		'div',
		{ class: 'b131-done', role: 'status' },
		el('span', { class: 'b131-tick', 'aria-hidden': 'true' }, '✓'),
		el('div', {}, el('b', {}, title), text === undefined ? undefined : el('p', {}, text)),
	);

/** A form that sends one request at a time: clicks during a request are ignored. */
function form({ fields, extra = [], button, send }) {
	const submit = el('button', { type: 'submit', class: 'b131-button' }, button);
	const failure = el('p', { class: 'b131-failure', role: 'alert' });
	let isBusy = false;
	return el(
		'form',
		{
			novalidate: '',
			async onsubmit(event) {
				event.preventDefault();
				const isValid = fields.map((input) => input.check()).every(Boolean);
				if (!isValid) fields.find(({ input }) => input.ariaInvalid === 'true')?.input.focus();
				if (!isValid || isBusy) return;
				isBusy = submit.disabled = true;
				failure.textContent = '';
				try {
					await send();
				} catch (error) {
					failure.textContent = errorText(error);
				} finally {
					isBusy = submit.disabled = false;
				}
			},
		},
		el('div', { class: 'b131-fields' }, ...fields.map(({ box }) => box)),
		...extra,
		failure,
		submit,
	);
}
