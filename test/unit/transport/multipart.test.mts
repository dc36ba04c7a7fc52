import { multipartBody } from '../../../nodes/shared/transport/multipart';

const parsed = async (fields: Parameters<typeof multipartBody>[0]): Promise<FormData> => {
	const { contentType, bytes } = multipartBody(fields);
	return await new Response(bytes, { headers: { 'content-type': contentType } }).formData();
};

it('is read as it was written, files byte for byte', async () => {
	const bytes = Buffer.from(Array.from({ length: 512 }, (_, index) => index % 256));
	const form = await parsed([
		{ name: 'list[]', value: 'a' },
		{ name: 'list[]', value: '' },
		{ name: 'text', value: 'Zwei\r\nZeilen, é "quoted"' },
		{ name: 'logo', value: { name: 'a.png', mimeType: 'image/png', bytes } },
	]);
	expect(form.getAll('list[]')).toEqual(['a', '']);
	expect(form.get('text')).toBe('Zwei\r\nZeilen, é "quoted"');
	const logo = form.get('logo') as File;
	expect([logo.name, logo.type]).toEqual(['a.png', 'image/png']);
	expect(Buffer.from(await logo.arrayBuffer())).toEqual(bytes);
});

it('lets no name break out of its header', async () => {
	const name = 'x"; filename="y\r\nX-Evil: 1';
	const { bytes } = multipartBody([
		{ name, value: { name, mimeType: 'image/png\r\nX-Evil: 1', bytes: Buffer.from('') } },
	]);
	expect(bytes.toString()).not.toMatch(/^X-Evil/m);
	expect(bytes.toString().match(/filename="/g)).toHaveLength(1);
});
