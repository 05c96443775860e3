// Import this before engine.mts to use it outside jest.
import { loadEngine } from './load-engine.mjs';

globalThis.n8nEngine ??= loadEngine();
