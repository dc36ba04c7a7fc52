import { installChromium } from '../../lab/installChromium.mjs';
import { installN8n } from '../../lab/n8n.mts';
import { packPackage } from '../../lab/pack.mts';

/** Once per run, ahead of all tests and with progress in sight: Chromium, n8n and the packed package. */
export default async function globalSetup() {
	process.env.LEADWIRE_CHROMIUM = await installChromium();
	await installN8n('2.40.7');
	process.env.LEADWIRE_TARBALL = await packPackage();
}
