/** Debian's packages for the suites that need a browser, a database or Redis; plain JavaScript, as it runs before all else. */
import { execFileSync } from 'node:child_process';
import { say } from './command.mjs';

/**
 * @param {string[]} command what apt-get is to do
 */
function apt(...command) {
	const isRoot = process.getuid?.() === 0;
	const [program, ...rest] = isRoot ? ['apt-get', ...command] : ['sudo', '-n', 'apt-get', ...command];
	execFileSync(program, rest, {
		env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
		stdio: ['ignore', 'ignore', 'inherit'],
	});
}

/**
 * Installs packages with apt, as root or through sudo without a password.
 * @param {string[]} packages their names in Debian
 * @throws Error that names them, where apt-get is missing or fails
 */
export function installPackages(packages) {
	say(`Installing ${packages.join(', ')} (apt, about a minute) ...`);
	try {
		apt('update', '-qq');
		apt('install', '-y', '-qq', '--no-install-recommends', ...packages);
	} catch {
		throw new Error(
			`${packages.join(', ')} could not be installed with apt-get. Install them, then try again.`,
		);
	}
}
