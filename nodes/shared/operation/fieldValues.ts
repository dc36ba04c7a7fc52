import {
	tryToParseDateTime,
	type IDataObject,
	type INodeProperties,
	type INodePropertyCollection,
} from 'n8n-workflow';
import { attempt } from '../attempt';
import { isEmpty } from '../data/values';
import { FieldError, type Path } from './fieldError';

/** As n8n reads dates. */
type DateTime = ReturnType<typeof tryToParseDateTime>;

/** Brings one parameter into the form that schemas expect; `path` is where it stands. */
type Reader = (value: unknown, field: INodeProperties, zone: string, path: Path) => unknown;

/** Numbers, texts without a year and days that do not exist would be read as some date or other. */
function isGuessed(value: unknown, day: string | null): boolean {
	if (typeof value !== 'string') return typeof value === 'number';
	const [stated] = /^\d{4}-\d{2}-\d{2}/.exec(value.trim()) ?? [];
	return stated ? stated !== day : !/\d{4}/.test(value);
}

/** The day that is written, in the zone that is written; a time in UTC, as other nodes give it, is a day in our own. */
function calendarDay(value: unknown, date: DateTime, zone: string): string | null {
	const isInstant = typeof value === 'string' && /Z\s*$/i.test(value);
	return (isInstant ? date.setZone(zone) : date).toISODate();
}

const readDateTime: Reader = (value, { typeOptions }, zone, path) => {
	if (isEmpty(value)) return undefined;
	const date = attempt(() => tryToParseDateTime(value, zone));
	if (!date.ok || isGuessed(value, date.value.toISODate())) {
		throw new FieldError(path, `must be a date, but is "${String(value)}"`);
	}
	return typeOptions?.dateOnly ? calendarDay(value, date.value, zone) : date.value.toUTC().toISO();
};

const readJson: Reader = (value, _field, _zone, path) => {
	if (typeof value !== 'string') return value;
	if (value.trim() === '') return undefined;
	const json = attempt(() => JSON.parse(value) as unknown);
	if (!json.ok) throw new FieldError(path, `is not valid JSON: ${(json.error as Error).message}`);
	return json.value;
};

/** Brings the values of fields into the form that schemas expect; those left empty are left out. `zone` is the workflow's time zone. */
export function readFields(
	values: IDataObject,
	fields: INodeProperties[],
	zone: string,
	path: Path,
): IDataObject {
	const entries = fields
		.filter(({ name }) => !isEmpty(values[name]))
		.map((field) => [field.name, readValue(values[field.name], field, zone, [...path, field.name])]);
	return Object.fromEntries(entries) as IDataObject;
}

const readCollection: Reader = (value, field, zone, path) =>
	readFields((value ?? {}) as IDataObject, (field.options ?? []) as INodeProperties[], zone, path);

const readFixedCollection: Reader = (value, field, zone, path) => {
	const groups = (field.options ?? []) as INodePropertyCollection[];
	const given = (value ?? {}) as IDataObject;
	// An expression may give the fields of the only group as they are.
	const isGroupItself =
		groups.length === 1 && !field.typeOptions?.multipleValues && !(groups[0].name in given);
	const entries = groups.map((group) => {
		const rows = (isGroupItself ? given : (given[group.name] ?? [])) as IDataObject | IDataObject[];
		const read = (row: IDataObject, index: number): IDataObject =>
			readFields(row, group.values, zone, [...path, group.name, index]);
		return [group.name, Array.isArray(rows) ? rows.map(read) : read(rows, 0)];
	});
	return Object.fromEntries(entries);
};

const readers: Partial<Record<INodeProperties['type'], Reader>> = {
	dateTime: readDateTime,
	json: readJson,
	collection: readCollection,
	fixedCollection: readFixedCollection,
};

function readValue(value: unknown, field: INodeProperties, zone: string, path: Path): unknown {
	return readers[field.type]?.(value, field, zone, path) ?? (readers[field.type] ? undefined : value);
}
