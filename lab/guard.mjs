/**
 * Runs a command for as long as the caller keeps our stdin open. Started as the leader of a process group of its own, it ends
 * the whole group once stdin closes (the caller asked, ended or was killed) or the command itself ends.
 */
import { spawn } from 'node:child_process';

const PATIENCE = 10_000;
const endGroup = () => process.kill(-process.pid, 'SIGKILL');

const [command, ...commandArguments] = process.argv.slice(2);
const child = spawn(command, commandArguments, { stdio: ['ignore', 'inherit', 'inherit'] });
child.on('error', endGroup);
child.on('exit', endGroup);

process.stdin.resume();
process.stdin.on('close', () => {
	child.kill('SIGTERM');
	setTimeout(endGroup, PATIENCE);
});
