/** Adds up Jest's --json reports, given as files, and single checks, given as `name=exit code`; prints `N passed, N failed`. */
import { existsSync, readFileSync } from 'node:fs';

/**
 * @param {string} argument
 * @returns {[passed: number, failed: number]}
 */
function outcome(argument) {
	if (argument.includes('=')) return argument.endsWith('=0') ? [1, 0] : [0, 1];
	if (!existsSync(argument)) return [0, 1];
	const report = JSON.parse(readFileSync(argument, 'utf8'));
	return [report.numPassedTests, report.numFailedTests + report.numRuntimeErrorTestSuites];
}

const outcomes = process.argv.slice(2).map(outcome);
const [passed, failed] = [0, 1].map((index) => outcomes.reduce((sum, each) => sum + each[index], 0));
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
