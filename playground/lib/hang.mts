/**
 * Ends a wait for something that will never come, ms: shorter than a test's own limit, so that the error says what was
 * awaited. No wait may end because the machine is slow or busy.
 */
export const HANG_MS = 15 * 60_000;
