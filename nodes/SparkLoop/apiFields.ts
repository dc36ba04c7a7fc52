import type { IDataObject } from 'n8n-workflow';
import { holdsNothing } from '../shared/data/values';

function snakeCase(name: string): string {
	return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** Parameters under the names that SparkLoop gives them (`countryCode` becomes `country_code`), without the empty ones. */
export function toApiFields(parameters: object): IDataObject {
	const given = Object.entries(parameters).filter(([, value]) => !holdsNothing(value));
	return Object.fromEntries(given.map(([name, value]) => [snakeCase(name), value])) as IDataObject;
}

/** What stands under a key of an answer; where the vendor left the envelope out, the answer itself. */
export function part(answer: unknown, key: string): IDataObject {
	const body = (answer ?? {}) as IDataObject;
	return (body[key] ?? body) as IDataObject;
}
