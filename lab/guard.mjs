/**
 * Runs a command on a data folder for as long as the caller keeps our stdin open: node guard.mjs <folder> <command> ...
 * Started as the leader of a process group of its own, it ends the whole group and removes the folder once stdin closes (the
 * caller asked, ended or was killed) or the command ends by itself.
 */
import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';

const PATIENCE = 10_000;
const [folder, command, ...commandArguments] = process.argv.slice(2);

function finish() {
	rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
	process.kill(-process.pid, 'SIGKILL');
}

const child = spawn(command, commandArguments, { stdio: ['ignore', 'inherit', 'inherit'] });
child.on('error', finish);
child.on('exit', finish);

process.stdin.resume();
process.stdin.on('close', () => {
	child.kill('SIGTERM');
	setTimeout(() => child.kill('SIGKILL'), PATIENCE);
});
