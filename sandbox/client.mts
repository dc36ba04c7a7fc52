import { request } from 'undici';
import type { Sandbox } from './server.mts';

type CommandOf<
	Vendor extends keyof Sandbox,
	Name extends keyof Sandbox[Vendor],
> = Sandbox[Vendor][Name] extends (...given: infer Given) => infer Output
	? (...given: Given) => Promise<Awaited<Output>>
	: never;

/**
 * The admin API of a sandbox in another process: `await adminClient(url)('spara', 'peak')({ limit: 'calls' })` takes
 * and gives what `sandbox.spara.peak` does. Rejects with the sandbox's own message when the command is refused.
 */
export function adminClient(url: string) {
	return <Vendor extends keyof Sandbox, Name extends keyof Sandbox[Vendor] & string>(
		vendor: Vendor,
		name: Name,
	) => {
		const send = async (input?: unknown) => {
			const { statusCode, body } = await request(`${url}/admin/${vendor}/${name}`, {
				method: 'POST',
				headers: { 'content-type': 'application/json' },
				body: JSON.stringify(input ?? {}),
			});
			const output = (await body.json()) as { message?: string };
			if (statusCode !== 200) throw new Error(`${vendor} ${name}: ${output.message}`);
			return output;
		};
		return send as CommandOf<Vendor, Name>;
	};
}
