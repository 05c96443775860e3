// Reads the control API and draws the page.
import { CHANGED, CONTROL_API, get } from './api.js';
import { $ } from './dom.js';
import { drawFaults } from './faults.js';
import { drawLedger, drawRequests, drawWebhooks } from './lists.js';
import { drawPlot, drawSessionCounts, drawTiles, MAX_ROWS } from './overview.js';
import { drawEmptySessions, drawSessions } from './sessions.js';
import { drawSettings } from './settings.js';
import { drawTestValues } from './testValues.js';

let isRefreshing = false;
let isRefreshQueued = false;
async function refresh() {
	if (isRefreshing) {
		isRefreshQueued = true;
		return;
	}
	isRefreshing = true;
	try {
		const [state, sessions, ledger, webhooks, requests] = await Promise.all([
			get('state'),
			get(`sessions?empty=false&limit=${MAX_ROWS}`),
			get(`ledger?limit=${MAX_ROWS}`),
			get(`webhooks?limit=${MAX_ROWS}`),
			get(`requests?limit=${MAX_ROWS}`),
		]);
		drawTiles(state);
		drawPlot(state.points);
		drawFaults(state.faults);
		drawSettings({ ...state.settings, profile: state.profile });
		drawSessionCounts(state.sessions);
		drawSessions(sessions);
		await drawEmptySessions(state.sessions.empty);
		drawLedger(ledger);
		drawWebhooks(webhooks);
		drawRequests(requests);
	} catch (error) {
		console.error(error);
		showConnection(false);
	}
	isRefreshing = false;
	if (isRefreshQueued) {
		isRefreshQueued = false;
		setTimeout(refresh, 200);
	}
}

function showConnection(isConnected) {
	$('live').className = isConnected ? 'live on' : 'live';
	$('live').textContent = isConnected ? 'live' : 'the sandbox does not respond';
}

document.addEventListener(CHANGED, () => void refresh());
$('empty').addEventListener('toggle', () => void refresh());
const events = new EventSource(`${CONTROL_API}events`);
events.onopen = () => showConnection(true);
events.onerror = () => showConnection(false);
events.onmessage = () => void refresh();
void drawTestValues();
void refresh();
