/** Makes an element; children are elements or texts. Text is always set as text, never as HTML. */
export function element(tag, attributes = {}, ...children) {
	const made = document.createElement(tag);
	for (const [name, value] of Object.entries(attributes)) {
		if (typeof value === 'function') made.addEventListener(name, value);
		else if (value !== undefined && value !== false) made.setAttribute(name, value);
	}
	made.append(...children.filter((child) => child !== undefined));
	return made;
}

export const byId = (id) => document.getElementById(id);

/** Replaces what an element holds, only if it has changed, so that what is selected or open stays. */
export function show(id, state, render) {
	const place = byId(id);
	const shown = JSON.stringify(state);
	if (place.dataset.shown === shown) return;
	const open = new Set([...place.querySelectorAll('details[open]')].map(({ dataset }) => dataset.key));
	place.dataset.shown = shown;
	place.replaceChildren(...[render(state)].flat());
	for (const details of place.querySelectorAll('details')) details.open = open.has(details.dataset.key);
}

/** The options of a select; the one that was chosen stays so. */
export function showOptions(id, names) {
	const select = byId(id);
	if (select.dataset.shown === JSON.stringify(names)) return;
	const chosen = select.value;
	select.dataset.shown = JSON.stringify(names);
	select.replaceChildren(...names.map((name) => element('option', {}, name)));
	if (names.includes(chosen)) select.value = chosen;
}

export function table(columns, rows) {
	return element(
		'div',
		{ class: 'scroll' },
		element(
			'table',
			{},
			element(
				'thead',
				{},
				element('tr', {}, ...columns.map((name) => element('th', { scope: 'col' }, name))),
			),
			element('tbody', {}, ...rows.map((cells) => element('tr', {}, ...cells.map(cell)))),
		),
	);
}

function cell(content) {
	return element('td', {}, content instanceof Node ? content : asText(content));
}

export function asText(value) {
	if (value === undefined || value === null) return '';
	return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

export const nothing = (text) => element('p', { class: 'soft' }, text);

/** Indents JSON; other texts stay as they are. */
export function readable(text) {
	try {
		return JSON.stringify(JSON.parse(text), null, 2);
	} catch {
		return text;
	}
}
