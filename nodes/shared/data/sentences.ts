/** One sentence after another: a text of the vendor's may have its full stop, or none. */
export function sentences(...texts: Array<string | undefined>): string {
	return texts
		.filter((text): text is string => Boolean(text))
		.map((text, place, all) => (place === all.length - 1 ? text : text.replace(/[.\s]*$/, '.')))
		.map((text) => text.replace(/([!?…])\.$/, '$1'))
		.join(' ');
}
