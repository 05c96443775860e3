// Loads the engine into this process. Import it before ./n8n.mts; jest does it in test/support/n8n-environment.mjs.
import { loadEngine } from './loadEngine.mjs';

globalThis.n8nEngine ??= loadEngine();
