/** What a page shows, measured in the browser: contrast, overflow, names for screen readers. */
import type { BrowserContext, Page } from '../../../playground/browser/playwright.mts';

/** Smallest contrast of text to its background (WCAG 2.2, 1.4.3, level AA for text of every size). */
const MIN_CONTRAST = 4.5;

/** Runs in the page: the texts with too little contrast. */
const CONTRAST_SCRIPT = `(() => {
	const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
	// As bytes, whatever the notation of the colour is.
	const rgba = (color) => {
		canvas.clearRect(0, 0, 1, 1);
		canvas.fillStyle = color;
		canvas.fillRect(0, 0, 1, 1);
		const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
		return [r, g, b, a / 255];
	};
	const over = ([r, g, b, a], back) => [r, g, b].map((one, i) => one * a + back[i] * (1 - a));
	const background = (element) => {
		const layers = [];
		for (let one = element; one; one = one.parentElement) {
			const color = rgba(getComputedStyle(one).backgroundColor);
			layers.push(color);
			if (color[3] === 1) break;
		}
		return layers.reverse().reduce((back, layer) => over(layer, back), [255, 255, 255]);
	};
	const luminance = (color) => {
		const [r, g, b] = color.map((one) => one / 255).map((one) => one <= 0.04045 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4);
		return 0.2126 * r + 0.7152 * g + 0.0722 * b;
	};
	const contrast = (color, back) => {
		const [low, high] = [luminance(over(color, back)), luminance(back)].sort((a, b) => a - b);
		return (high + 0.05) / (low + 0.05);
	};
	const texts = [];
	const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
	while (walker.nextNode()) {
		const { data, parentElement } = walker.currentNode;
		if (data.trim() !== '') texts.push([parentElement, data.trim(), getComputedStyle(parentElement).color]);
	}
	for (const field of document.querySelectorAll('input')) {
		texts.push([field, field.value || '(value)', getComputedStyle(field).color]);
		texts.push([field, field.placeholder || '(placeholder)', getComputedStyle(field, '::placeholder').color]);
	}
	const isShown = (element) => element.checkVisibility({ opacityProperty: true, visibilityProperty: true });
	const low = texts.filter(([element]) => isShown(element)).map(([element, text, color]) =>
		[text, contrast(rgba(color), background(element))]).filter(([, ratio]) => ratio < ${MIN_CONTRAST});
	return { checked: texts.length, low: low.map(([text, ratio]) => text + ': ' + ratio.toFixed(2)) };
})()`;

/** Runs in the page: what is wider than the window, and controls whose text is cut or which leave their panel. */
const OVERFLOW_SCRIPT = `(() => {
	const name = (one) => one.id || one.getAttribute('aria-label') || one.textContent.trim().slice(0, 40) || one.tagName;
	const width = document.documentElement.clientWidth;
	const wide = document.documentElement.scrollWidth > width ? ['the page is ' + document.documentElement.scrollWidth + ' px wide'] : [];
	const scrolled = [...document.querySelectorAll('.scroll')].filter((one) => one.scrollWidth > one.clientWidth).map((one) => 'the list ' + one.getAttribute('aria-labelledby') + ' scrolls sideways');
	const controls = [...document.querySelectorAll('button, input, select, summary')].filter((one) => one.checkVisibility());
	const cut = controls.filter((one) => one.tagName === 'BUTTON' && one.scrollWidth > one.clientWidth + 1).map((one) => 'cut: ' + name(one));
	const out = controls.filter((one) => {
		const panel = (one.closest('.panel') ?? document.body).getBoundingClientRect();
		const box = one.getBoundingClientRect();
		return box.left < panel.left - 1 || box.right > panel.right + 1;
	}).map((one) => 'leaves its panel: ' + name(one));
	return [...wide, ...scrolled, ...cut, ...out];
})()`;

export const contrastOf = async (page: Page) =>
	await page.evaluate<{ checked: number; low: string[] }>(CONTRAST_SCRIPT);

export const overflowOf = async (page: Page) => await page.evaluate<string[]>(OVERFLOW_SCRIPT);

/** One element of the accessibility tree, as a screen reader gets it. */
export interface AccessibleElement {
	role: string;
	name: string;
}

interface AxNode {
	ignored?: boolean;
	role?: { value?: string };
	name?: { value?: string };
}

/** The accessibility tree of the page without ignored nodes. */
export async function accessibleElements(
	context: BrowserContext,
	page: Page,
): Promise<AccessibleElement[]> {
	const session = await context.newCDPSession(page);
	const { nodes } = (await session.send('Accessibility.getFullAXTree')) as { nodes: AxNode[] };
	return nodes
		.filter(({ ignored }) => ignored !== true)
		.map(({ role, name }) => ({ role: role?.value ?? '', name: (name?.value ?? '').trim() }));
}
