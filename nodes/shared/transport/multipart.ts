import { randomUUID } from 'node:crypto';

/** A file to be sent. */
export interface FormFile {
	/** File name, as the receiver sees it. */
	name: string;
	/** Media type, such as `image/png`. */
	mimeType: string;
	/** The content. */
	bytes: Buffer;
}

/** One field of a form; a name may come more than once. */
export interface FormField {
	/** Name of the field. */
	name: string;
	/** A text field's value, or a file. */
	value: string | FormFile;
}

/** A form as it is sent. */
export interface MultipartBody {
	/** Value of the header Content-Type, with the boundary. */
	contentType: string;
	/** The content. */
	bytes: Buffer;
}

/** As browsers do it: a quote or line break would end the name early. */
function quoted(name: string): string {
	const escaped = name.replace(/"/g, '%22').replace(/\r/g, '%0D').replace(/\n/g, '%0A');
	return `"${escaped}"`;
}

function headOf({ name, value }: FormField): string {
	const disposition = `Content-Disposition: form-data; name=${quoted(name)}`;
	if (typeof value === 'string') return disposition;
	return `${disposition}; filename=${quoted(value.name)}\r\nContent-Type: ${value.mimeType.replace(/[\r\n]/g, '')}`;
}

/** The fields as multipart/form-data (RFC 7578), whole in memory, so that it can be sent again. */
export function multipartBody(fields: FormField[]): MultipartBody {
	const boundary = `form-${randomUUID()}`;
	const parts = fields.flatMap((field) => [
		Buffer.from(`--${boundary}\r\n${headOf(field)}\r\n\r\n`),
		typeof field.value === 'string' ? Buffer.from(field.value) : field.value.bytes,
		Buffer.from('\r\n'),
	]);
	return {
		contentType: `multipart/form-data; boundary=${boundary}`,
		bytes: Buffer.concat([...parts, Buffer.from(`--${boundary}--\r\n`)]),
	};
}
