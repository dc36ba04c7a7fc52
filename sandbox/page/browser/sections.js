/** How each part of the page looks: functions from the state of a vendor to elements. */
import { asText, element, nothing, readable, table } from './dom.js';

const time = (ms) => new Date(ms).toLocaleTimeString();

/** A key or an address, with the button that copies it. */
function copyable(label, value, copy) {
	return [
		element('dt', {}, label),
		element('dd', {}, element('code', {}, value)),
		element(
			'button',
			{ type: 'button', 'aria-label': `Copy ${label}`, click: () => copy(label, value) },
			'Copy',
		),
	];
}

export const credentials = (copy) => (accounts) => {
	if (accounts.length === 0) return nothing('None are known.');
	const shown = ({ account, fields }) => [
		element('p', { class: 'soft' }, account),
		element('dl', {}, ...Object.entries(fields).flatMap(([label, value]) => copyable(label, value, copy))),
	];
	const [first, ...others] = accounts;
	return [
		...shown(first),
		...(others.length > 0
			? [
					element(
						'details',
						{ 'data-key': 'others' },
						element('summary', {}, `${others.length} more`),
						...others.flatMap(shown),
					),
				]
			: []),
	];
};

const windowInWords = (ms) => (ms % 60_000 === 0 ? `${ms / 60_000} min` : `${ms / 1000} s`);

export function meters({ limits, meters: used }) {
	return Object.entries(limits).map(([name, { windows }]) => {
		if (windows.length === 0) return element('p', {}, `${name}: no limit is set`);
		const rows = used[name];
		if (rows.length === 0) {
			const rule = windows.map(({ limit, windowMs }) => `${limit} in ${windowInWords(windowMs)}`).join(', ');
			return element('p', {}, `${name}: ${rule}; nothing was asked yet`);
		}
		return element(
			'div',
			{},
			...rows.map(({ key, limit, windowMs, used: count, waitMs }) => {
				const text = `${name}, ${key}: ${count} of ${limit} in ${windowInWords(windowMs)}`;
				const full = waitMs > 0 ? `, full for ${Math.ceil(waitMs / 1000)} s` : '';
				return element(
					'label',
					{ style: 'display:block' },
					element('span', { class: full ? 'bad' : '' }, text + full),
					element('meter', { min: 0, max: limit, high: limit * 0.8, optimum: 0, value: count }),
				);
			}),
		);
	});
}

export function endpoints(list) {
	if (list.length === 0) return nothing('No webhook is registered: an event would reach nobody.');
	return table(
		['belongs to', 'URL', 'verification'],
		list.map(({ account, url, authentication }) => [account, element('code', {}, url), authentication.kind]),
	);
}

export function faults(list) {
	if (list.length === 0) return nothing('No fault is injected.');
	return table(
		['fault', 'struck'],
		list.map(({ fault, injected, count }) => [asText(fault), `${injected} of ${count ?? 'all'}`]),
	);
}

const answerOf = ({ status, error, accepted }) =>
	element('span', { class: accepted ? 'good' : 'bad' }, asText(status ?? error ?? 'no answer'));

export function deliveries(list) {
	if (list.length === 0) return nothing('No event has been sent yet.');
	return list.map((attempts) => {
		const [{ deliveryId, event, variant, url, body, at }] = attempts;
		const last = attempts.at(-1);
		return element(
			'details',
			{ 'data-key': `${deliveryId} ${variant}` },
			element(
				'summary',
				{},
				`${time(at)}  ${event}  ${variant}  `,
				answerOf(last),
				` after ${attempts.length} ${attempts.length === 1 ? 'attempt' : 'attempts'}`,
			),
			element('p', { class: 'mono' }, url),
			table(
				['attempt', 'at', 'answer', 'ms'],
				attempts.map((attempt) => [
					attempt.attempt,
					time(attempt.at),
					answerOf(attempt),
					Math.round(attempt.durationMs),
				]),
			),
			element('pre', {}, readable(body)),
		);
	});
}

export function tables(list) {
	return list.map(({ title, total, rows }) =>
		element(
			'section',
			{ 'aria-label': title },
			element('h2', {}, `${title} (${total})`),
			rows.length === 0
				? nothing('None.')
				: table(
						Object.keys(rows[0]),
						rows.map((row) => Object.keys(rows[0]).map((column) => row[column])),
					),
		),
	);
}

function statusOf({ status, fault, durationMs }) {
	const text = status ?? (durationMs === undefined ? 'running' : 'no answer');
	const isGood = typeof status === 'number' && status < 400;
	return element('span', { class: isGood ? 'good' : 'bad' }, `${text}${fault ? ` (fault: ${fault})` : ''}`);
}

export function requests(list) {
	if (list.length === 0) return nothing('No request has come in yet.');
	return list.map((request) => {
		const { id, at, method, path, account, durationMs, sent, answered } = request;
		return element(
			'details',
			{ 'data-key': id },
			element(
				'summary',
				{},
				element('span', { class: 'mono' }, `${time(at)}  ${method} ${path}  `),
				statusOf(request),
				element(
					'span',
					{ class: 'soft' },
					`  ${account ?? ''} ${durationMs === undefined ? '…' : Math.round(durationMs)} ms`,
				),
			),
			sent ? element('pre', { 'aria-label': 'Sent' }, readable(sent)) : undefined,
			answered ? element('pre', { 'aria-label': 'Answered' }, readable(answered)) : undefined,
		);
	});
}
