import { ensureN8n } from './install/n8n.mts';
import { releases } from './install/versions.mts';
import { createProgressLog } from './lib/progress.mts';

/** Installs every n8n that the tests use, so that they do not wait for it. */
const log = createProgressLog();
for (const release of releases) await ensureN8n(log, release);
