// Reads the sandbox's own API and draws it.
import { api, CHANGED, get } from './api.js';
import { $ } from './dom.js';
import { drawFaults } from './faults.js';
import { drawLedger, drawRequests, drawWebhooks } from './lists.js';
import { drawPlot, drawTiles } from './overview.js';
import { drawSessions } from './sessions.js';
import { drawSettings } from './settings.js';

let drawing = false;
let again = false;
async function refresh() {
	if (drawing) {
		again = true;
		return;
	}
	drawing = true;
	try {
		const [state, sessions, ledger, webhooks, requests] = await Promise.all([
			get('state'),
			get('sessions?limit=60'),
			get('ledger?limit=60'),
			get('webhooks?limit=60'),
			get('requests?limit=60'),
		]);
		drawTiles(state);
		drawPlot(state.points);
		drawFaults(state.faults);
		drawSettings(state.settings);
		drawSessions(sessions);
		drawLedger(ledger);
		drawWebhooks(webhooks);
		drawRequests(requests);
	} catch (error) {
		console.error(error);
		live(false);
	}
	drawing = false;
	if (again) {
		again = false;
		setTimeout(refresh, 200);
	}
}

function live(on) {
	$('live').className = on ? 'live on' : 'live';
	$('live').textContent = on ? 'live' : 'the sandbox does not answer';
}

document.addEventListener(CHANGED, () => void refresh());
const events = new EventSource(`${api}events`);
events.onopen = () => live(true);
events.onerror = () => live(false);
events.onmessage = () => void refresh();
void refresh();
