/** Plain JavaScript: runs before anything is installed, on any Node.js >= 20. */
import { spawn } from 'node:child_process';

const NETWORK_FAILURE = /\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ENETUNREACH|ETIMEDOUT|ENOTCACHED)\b/;
const OUTPUT_KEPT = 4_000;

/**
 * Progress goes to stderr, so that stdout stays free for a script's result.
 * @param {string} text
 */
export function say(text) {
	process.stderr.write(`${text}\n`);
}

/**
 * Runs npm with its output held back and says every 10 s that it is still at work.
 * @param {string} title what a person reads while it runs
 * @param {string[]} npmArguments
 * @param {string} folder working directory
 * @returns {Promise<void>} rejects with an Error whose message ends in npm's last words and names a missing network
 */
export async function runNpm(title, npmArguments, folder) {
	const startedAt = Date.now();
	const seconds = () => Math.round((Date.now() - startedAt) / 1000);
	say(`${title} ...`);
	const ticker = setInterval(() => say(`${title} ... ${seconds()} s`), 10_000);
	const child = spawn('npm', [...npmArguments, '--no-audit', '--no-fund', '--loglevel=error'], {
		cwd: folder,
		stdio: ['ignore', 'pipe', 'pipe'],
		shell: process.platform === 'win32',
	});
	let output = '';
	const keep = (/** @type {Buffer} */ chunk) => (output = (output + chunk).slice(-OUTPUT_KEPT));
	child.stdout.on('data', keep);
	child.stderr.on('data', keep);
	const exitCode = await new Promise((resolve, reject) => {
		child.on('error', (error) => reject(new Error(`npm could not be started: ${error.message}`)));
		child.on('close', resolve);
	}).finally(() => clearInterval(ticker));
	if (exitCode !== 0) {
		const reason = NETWORK_FAILURE.test(output)
			? 'npm could not reach its registry. Check the network connection or the proxy settings, then try again.'
			: `npm ${npmArguments.join(' ')} ended with code ${exitCode}.`;
		const lastWords = output.replace(/^npm error {5}at .*\n/gm, '').trim();
		throw new Error(`${title}: ${reason}\n\n${lastWords}`);
	}
	say(`${title}: done in ${seconds()} s`);
}

/**
 * Runs a script's body; a failure is told in words on stderr and ends the process with code 1.
 * @param {() => unknown} body
 */
export async function runScript(body) {
	try {
		await body();
	} catch (error) {
		say(`\n${error.message}`);
		process.exitCode = 1;
	}
}
