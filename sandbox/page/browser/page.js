/** The sandbox's page: shows one vendor's state every second, and calls the admin API for what is pressed. */
import { byId, element, show, showOptions } from './dom.js';
import * as sections from './sections.js';

const refreshMs = 1000;

const faults = {
	'500, nothing is done': { kind: 'status', status: 500 },
	'503 with an HTML page': { kind: 'status', status: 503, body: 'html' },
	'429, wait 5 seconds': { kind: 'rate-limited', waitMs: 5000, retryAfter: 'seconds' },
	'429 that says no time': { kind: 'rate-limited' },
	'connection broken before anything is done': { kind: 'reset-before' },
	'done, but the answer is lost': { kind: 'reset-after' },
	'answer after 3 seconds': { kind: 'latency', ms: 3000 },
	'answer is broken JSON': { kind: 'invalid-json' },
};

let vendors = [];
let state;

const chosenVendor = () => {
	const named = location.hash.slice(1);
	return vendors.some(({ name }) => name === named) ? named : vendors[0]?.name;
};

function say(text, isBad = false) {
	const said = byId('said');
	said.textContent = text;
	said.className = isBad ? 'bad' : '';
}

async function call(command, input) {
	const response = await fetch(`/admin/${chosenVendor()}/${command}`, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify(input),
	});
	const output = await response.json();
	if (!response.ok) throw new Error(output.message);
	return output;
}

/** Calls a command and says what became of it. */
async function press(command, input, said) {
	try {
		const output = await call(command, input);
		say(typeof said === 'function' ? said(output) : said);
	} catch (error) {
		say(error.message, true);
	}
	await refresh();
}

async function copy(label, value) {
	try {
		await navigator.clipboard.writeText(value);
		say(`${label} copied`);
	} catch {
		say(`${label} could not be copied; select it and copy it by hand`, true);
	}
}

function render() {
	document.title = `${state.title} – Leadwire sandbox`;
	show('credentials', state.credentials, sections.credentials(copy));
	show('meters', { limits: state.limits, meters: state.meters }, sections.meters);
	show('endpoints', state.endpoints, sections.endpoints);
	show('faults', state.faults, sections.faults);
	show('deliveries', state.deliveries, sections.deliveries);
	show('tables', state.tables, sections.tables);
	show('requests', state.requests, sections.requests);
	showOptions(
		'event',
		state.events.map(({ name }) => name),
	);
	showOptions('limit', Object.keys(state.limits));
	showOptions('fault', Object.keys(faults));
	showOptions(
		'import',
		state.imports.map(({ label }) => label),
	);
	byId('webhook').hidden = !state.webhooks;
	if (!state.webhooks) return;
	byId('webhook-hint').textContent = state.webhooks.hint;
	showOptions('webhook-account', state.webhooks.accounts);
	showOptions(
		'webhook-kind',
		state.webhooks.authentications.map(({ label }) => label),
	);
}

function renderVendors() {
	const links = vendors.map(({ name, title }) =>
		element('a', { href: `#${name}`, 'aria-current': name === chosenVendor() && 'page' }, title),
	);
	byId('vendors').replaceChildren(...links);
}

let refreshing = 0;

async function refresh() {
	const turn = ++refreshing;
	try {
		if (vendors.length === 0) {
			vendors = await (await fetch('/page/vendors')).json();
			renderVendors();
		}
		const response = await fetch(`/page/state/${chosenVendor()}`);
		const answer = await response.json();
		if (!response.ok) throw new Error(answer.message);
		if (turn !== refreshing) return;
		state = answer;
		byId('connection').textContent = 'live';
		render();
	} catch {
		byId('connection').textContent = 'the sandbox does not answer; trying again';
	}
}

const outcome = (attempts) =>
	attempts.length === 0
		? 'Nobody received it: no webhook is registered for this event'
		: attempts.map(({ status, error }) => `Answered with ${status ?? error}`).join('; ');

byId('event-form').addEventListener('submit', (event) => {
	event.preventDefault();
	const { name, input } = state.events.find((entry) => entry.name === byId('event').value) ?? {};
	if (!name) return say('There is nothing yet to send an event about', true);
	const variant = event.submitter?.value ?? 'genuine';
	void press('emit', { ...input, variant }, (attempts) => `${name}, ${variant}: ${outcome(attempts)}`);
});

byId('webhook-form').addEventListener('submit', (event) => {
	event.preventDefault();
	const chosen = state.webhooks.authentications.find(({ label }) => label === byId('webhook-kind').value);
	const secret = chosen.secretAs ? { [chosen.secretAs]: byId('webhook-secret').value } : {};
	const authentication = { kind: chosen.kind, ...chosen.rest, ...secret };
	const input = { account: byId('webhook-account').value, url: byId('webhook-url').value, authentication };
	void press('registerWebhook', input, 'Webhook registered');
});

byId('limit-form').addEventListener('submit', (event) => {
	event.preventDefault();
	const name = byId('limit').value;
	const [limit, seconds] = [Number(byId('limit-requests').value), Number(byId('limit-seconds').value)];
	const windows = [{ limit, windowMs: seconds * 1000 }];
	void press('limit', { ...state.limits[name], name, windows }, `${name}: ${limit} requests in ${seconds} s`);
});

byId('fault-form').addEventListener('submit', (event) => {
	event.preventDefault();
	const label = byId('fault').value;
	const count = Number(byId('fault-count').value);
	void press('addFault', { fault: faults[label], count }, `Injected: ${label}`);
});
byId('clear-faults').addEventListener('click', () => void press('clearFaults', {}, 'No faults any more'));

byId('import-form').addEventListener('submit', (event) => {
	event.preventDefault();
	const { label, command, countAs, input } = state.imports.find(
		(entry) => entry.label === byId('import').value,
	);
	const count = Number(byId('import-count').value);
	void press(command, { ...input, [countAs]: count }, `Imported ${count} ${label}`);
});
byId('reset').addEventListener('click', () => void press('reset', {}, 'Everything is as at the start'));

const shortcuts = {
	e: () => byId('event-form').requestSubmit(),
	t: () => byId('event-form').requestSubmit(document.querySelector('button[value="tampered"]')),
	f: () => byId('fault-form').requestSubmit(),
	i: () => byId('import-form').requestSubmit(),
	c: () => byId('credentials').querySelector('button')?.click(),
};

addEventListener('keydown', ({ key, target, ctrlKey, altKey, metaKey }) => {
	if (ctrlKey || altKey || metaKey || target.closest('input, select, textarea')) return;
	const vendor = vendors[Number(key) - 1];
	if (vendor) location.hash = vendor.name;
	else shortcuts[key]?.();
});

addEventListener('hashchange', () => {
	say('');
	renderVendors();
	void refresh();
});

async function refreshForever() {
	if (document.visibilityState === 'visible') await refresh();
	setTimeout(() => void refreshForever(), refreshMs);
}
void refreshForever();
