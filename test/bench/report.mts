import { readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';

const REPORT = 'docs/benchmarks.md';

/** A table in Markdown. */
export function table(head: string[], rows: Array<Array<string | number>>): string[] {
	const line = (cells: Array<string | number>): string => `| ${cells.join(' | ')} |`;
	return [line(head), line(head.map(() => '---')), ...rows.map(line)];
}

/** Parts of the report by heading, each with the lines below it. */
function partsOf(report: string): Map<string, string> {
	const parts = report.split(/^## /m).slice(1);
	return new Map(
		parts.map((part) => [part.slice(0, part.indexOf('\n')), part.slice(part.indexOf('\n') + 1).trim()]),
	);
}

/** Writes one part of `docs/benchmarks.md` anew, with date and machine, and leaves the others as they are. */
export function writePart(heading: string, lines: string[]): void {
	const report = readFileSync(REPORT, 'utf8');
	const when = `Measured on ${new Date().toISOString().slice(0, 10)}: Node.js ${process.versions.node}, ${cpus().length} × ${cpus()[0].model}.`;
	const parts = partsOf(report).set(heading, [when, '', ...lines].join('\n'));
	const head = report.split(/^## /m)[0].trim();
	const body = Array.from(parts, ([name, text]) => `## ${name}\n\n${text}\n`);
	writeFileSync(REPORT, `${[`${head}\n`, ...body].join('\n')}`);
	console.info([`## ${heading}`, '', when, '', ...lines].join('\n'));
}
