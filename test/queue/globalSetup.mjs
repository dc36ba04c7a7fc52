import { existsSync } from 'node:fs';
import { installPackages } from '../../lab/debian.mjs';
import { installN8n } from '../../lab/n8n.mts';
import { packPackage } from '../../lab/pack.mts';

/** Once per run, ahead of all tests and with progress in sight: PostgreSQL, Redis, n8n and the packed package. */
export default async function globalSetup() {
	const missing = Object.entries({
		postgresql: '/usr/lib/postgresql',
		'redis-server': '/usr/bin/redis-server',
	})
		.filter(([, path]) => !existsSync(path))
		.map(([name]) => name);
	if (missing.length > 0) installPackages(missing);
	await installN8n('2.40.7');
	process.env.LEADWIRE_TARBALL = await packPackage();
}
