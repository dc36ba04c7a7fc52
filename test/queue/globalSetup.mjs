import { existsSync } from 'node:fs';
import { installPackages } from '../../lab/debian.mjs';
import { installN8n } from '../../lab/n8n.mts';
import { packPackage } from '../../lab/pack.mts';
import { hasCommit, packCommit } from '../../lab/packCommit.mts';

/** The newest state of version 0.1.0, from which people update. */
const OLD_COMMIT = '51c838c7a12b52d69d8167b772ace40ea898d317';

/** Once per run, ahead of all tests and with progress in sight: PostgreSQL, Redis, n8n, and the package packed as it is and as it was. */
export default async function globalSetup() {
	const missing = Object.entries({
		postgresql: '/usr/lib/postgresql',
		'redis-server': '/usr/bin/redis-server',
	})
		.filter(([, path]) => !existsSync(path))
		.map(([name]) => name);
	if (missing.length > 0) installPackages(missing);
	await installN8n('2.40.7');
	if (await hasCommit(OLD_COMMIT)) process.env.LEADWIRE_OLD_TARBALL = await packCommit(OLD_COMMIT);
	process.env.LEADWIRE_TARBALL = await packPackage();
}
