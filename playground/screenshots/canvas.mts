import type { Editor } from '../browser/editor.mts';
import type { Page, Rectangle } from '../browser/playwright.mts';

/** Window size, px; large enough to read the notes. */
const size = { width: 1440, height: 1000 };
const MARGIN = 16;

/** Hides everything except nodes, notes and connections, and extends the canvas over the whole window. */
const canvasOnlyCss = `
	body * { visibility: hidden !important; }
	[data-test-id="canvas-wrapper"] { position: fixed !important; inset: 0 !important; background: #fff; }
	.vue-flow__viewport, .vue-flow__viewport * { visibility: visible !important; }
	${['[data-test-id="canvas-handle-plus-wrapper"]', '[data-test-id^="execute-workflow-button"]']
		.flatMap((selector) => [selector, `${selector} *`])
		.join()} { visibility: hidden !important; }
`;

/** Opens a workflow with only its canvas visible, at the largest zoom. Resolves to the used part of the window, px. */
export async function showCanvas(editor: Editor, workflowId: string): Promise<Rectangle> {
	const { page } = editor;
	await page.setViewportSize(size);
	await editor.openWorkflow(workflowId);
	await page.evaluate(
		`document.head.append(Object.assign(document.createElement('style'), { textContent: ${JSON.stringify(canvasOnlyCss)} }))`,
	);
	await editor.settle(300);
	await editor.fitCanvas();
	return await contentBounds(page);
}

/** Bounds of everything visible, labels included, px. */
async function contentBounds(page: Page): Promise<Rectangle> {
	const [left, top, right, bottom] = await page.evaluate<number[]>(`(() => {
		const hasText = ({ childNodes }) => [...childNodes].some(({ nodeType, data }) => nodeType === 3 && data.trim() !== '');
		const all = [...document.querySelectorAll('.vue-flow__node *')].filter((one) => hasText(one) || one.matches('svg'));
		all.push(...document.querySelectorAll('.vue-flow__node, .vue-flow__edge-path'));
		const shown = all.filter((one) => getComputedStyle(one).visibility === 'visible');
		const boxes = shown.map((one) => one.getBoundingClientRect()).filter(({ width }) => width > 0);
		const edge = (pick, side) => pick(...boxes.map((box) => box[side]));
		return [
			edge(Math.min, 'left'), edge(Math.min, 'top'), edge(Math.max, 'right'), edge(Math.max, 'bottom'),
		];
	})()`);
	const x = Math.max(0, left - MARGIN);
	const y = Math.max(0, top - MARGIN);
	return {
		x,
		y,
		width: Math.min(size.width, right + MARGIN) - x,
		height: Math.min(size.height, bottom + MARGIN) - y,
	};
}
