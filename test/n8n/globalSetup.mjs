import { installN8n } from '../../lab/n8n.mts';
import { packPackage } from '../../lab/pack.mts';

/** Once per run, ahead of all tests and with progress in sight: both n8n installs and the packed package. */
export default async function globalSetup() {
	for (const version of /** @type {const} */ (['2.40.7', '1.123.81'])) await installN8n(version);
	process.env.LEADWIRE_TARBALL = await packPackage();
}
