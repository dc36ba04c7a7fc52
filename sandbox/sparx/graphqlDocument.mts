/** One field of a selection. Arguments hold their values, variables put in. */
export interface Field {
	name: string;
	alias?: string;
	args: Record<string, unknown>;
	selection: Field[];
}

export interface Document {
	operation: 'query' | 'mutation';
	selection: Field[];
}

const TOKEN = /"(?:\\.|[^"\\])*"|\$?[_A-Za-z]\w*|-?\d+(?:\.\d+)?|[{}()[\]:!=]/g;

/** Reads a document with one operation; fragments and directives are not known. */
export function readDocument(text: string, variables: Record<string, unknown>): Document | { error: string } {
	const tokens = text.replace(/#[^\n]*/g, '').match(TOKEN) ?? [];
	let place = 0;
	const fail = (): never => {
		throw new SyntaxError(`Syntax Error: Unexpected ${tokens[place] ? `"${tokens[place]}"` : '<EOF>'}.`);
	};
	const take = (wanted?: string): string => {
		const token = tokens[place];
		if (token === undefined || (wanted !== undefined && token !== wanted)) return fail();
		place++;
		return token;
	};
	const isNext = (token: string): boolean => tokens[place] === token;
	const value = (): unknown => {
		const token = take();
		if (token.startsWith('$')) return variables[token.slice(1)];
		if (token.startsWith('"')) return JSON.parse(token) as string;
		if (token === '{') {
			const entries: Array<[string, unknown]> = [];
			while (!isNext('}')) {
				const name = take();
				take(':');
				entries.push([name, value()]);
			}
			take('}');
			return Object.fromEntries(entries);
		}
		if (token === 'true' || token === 'false') return token === 'true';
		if (token === 'null') return null;
		return /^-?\d/.test(token) ? Number(token) : token;
	};
	const selectionSet = (): Field[] => {
		take('{');
		const fields: Field[] = [];
		while (!isNext('}')) fields.push(field());
		take('}');
		return fields.length > 0 ? fields : fail();
	};
	const field = (): Field => {
		const first = take();
		if (!/^[_A-Za-z]/.test(first)) {
			place--;
			return fail();
		}
		const isAlias = isNext(':');
		if (isAlias) take(':');
		const name = isAlias ? take() : first;
		const args: Record<string, unknown> = {};
		if (isNext('(')) {
			take('(');
			while (!isNext(')')) {
				const argument = take();
				take(':');
				args[argument] = value();
			}
			take(')');
		}
		return { name, ...(isAlias && { alias: first }), args, selection: isNext('{') ? selectionSet() : [] };
	};
	try {
		const isNamed = isNext('query') || isNext('mutation');
		const operation = isNamed ? (take() as Document['operation']) : 'query';
		if (isNamed && !isNext('{') && !isNext('(')) take();
		if (isNext('(')) {
			while (!isNext(')')) place++;
			take(')');
		}
		const selection = selectionSet();
		return place < tokens.length ? fail() : { operation, selection };
	} catch (error) {
		return { error: (error as Error).message };
	}
}
