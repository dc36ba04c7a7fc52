/** What `lab/scan.mjs` takes from n8n's scanner, which has no types of its own. */
declare module '@n8n/scan-community-package/scanner/scanner.mjs' {
	import type { Linter } from 'eslint';

	/** The files of a package's sources that the scanner looks at. */
	export const SOURCE_FILE_PATTERNS: string[];

	/** The scanner's rules as a configuration of ESLint. */
	export function buildScanConfig(): Promise<Linter.Config[]>;
}
