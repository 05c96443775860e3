/** Types of the parts of playwright-core that the playground uses. The package is installed in the cache folder. */

export interface Locator {
	click(options?: { timeout?: number; force?: boolean; position?: Point }): Promise<void>;
	dblclick(): Promise<void>;
	fill(text: string): Promise<void>;
	selectOption(value: string): Promise<unknown>;
	press(key: string): Promise<void>;
	hover(): Promise<void>;
	count(): Promise<number>;
	first(): Locator;
	last(): Locator;
	nth(index: number): Locator;
	boundingBox(): Promise<Rectangle | null>;
	setInputFiles(path: string): Promise<void>;
	locator(selector: string): Locator;
	getByText(text: string | RegExp, options?: { exact?: boolean }): Locator;
	isVisible(): Promise<boolean>;
	innerText(): Promise<string>;
	getByTestId(id: string): Locator;
	allInnerTexts(): Promise<string[]>;
	scrollIntoViewIfNeeded(): Promise<void>;
	waitFor(options?: { state?: 'visible' | 'hidden' | 'attached'; timeout?: number }): Promise<void>;
	screenshot(options: { path: string }): Promise<unknown>;
}

interface Point {
	x: number;
	y: number;
}

/** Position and size, px. */
export interface Rectangle extends Point {
	width: number;
	height: number;
}

/** A browser tab. */
export interface Page {
	goto(url: string, options?: { waitUntil?: 'load' | 'domcontentloaded' }): Promise<unknown>;
	getByTestId(id: string): Locator;
	getByText(text: string | RegExp, options?: { exact?: boolean }): Locator;
	getByRole(role: string, options?: { name?: string | RegExp; exact?: boolean }): Locator;
	locator(selector: string): Locator;
	keyboard: { press(key: string): Promise<void>; type(text: string): Promise<void> };
	mouse: {
		move(x: number, y: number, options?: { steps: number }): Promise<void>;
		wheel(x: number, y: number): Promise<void>;
		down(): Promise<void>;
		up(): Promise<void>;
	};
	/** The next tab that this one opens. */
	waitForEvent(event: 'popup'): Promise<Page>;
	url(): string;
	waitForTimeout(ms: number): Promise<void>;
	evaluate<T>(work: string): Promise<T>;
	screenshot(options: { path: string; clip?: Rectangle }): Promise<unknown>;
	setDefaultTimeout(ms: number): void;
	setViewportSize(size: { width: number; height: number }): Promise<void>;
	on(event: 'pageerror', listener: (error: Error) => void): void;
	close(): Promise<void>;
}

/** A browser session with its own cookies. */
export interface BrowserContext {
	addCookies(cookies: Array<{ name: string; value: string; url: string }>): Promise<void>;
	addInitScript(script: { content: string }): Promise<void>;
	newPage(): Promise<Page>;
	/** The protocol of Chromium's developer tools, e.g. for its accessibility tree. */
	newCDPSession(page: Page): Promise<{ send(method: string): Promise<unknown> }>;
	close(): Promise<void>;
}

/** A running browser. */
export interface Browser {
	newContext(options: {
		viewport: { width: number; height: number };
		deviceScaleFactor?: number;
		colorScheme?: 'light' | 'dark';
		locale?: string;
		timezoneId?: string;
		httpCredentials?: { username: string; password: string };
	}): Promise<BrowserContext>;
	close(): Promise<void>;
}

/** The module `playwright-core`. */
export interface Playwright {
	chromium: {
		launch(options: {
			executablePath: string;
			headless: boolean;
			args: string[];
		}): Promise<Browser>;
	};
	selectors: { setTestIdAttribute(name: string): void };
}
