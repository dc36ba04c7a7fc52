/**
 * To be preloaded (`node --import`): makes `import 'n8n-workflow'` and `import 'n8n-core'` load their CommonJS builds. The ES
 * module build of n8n-workflow has imports without file extensions, which only bundlers resolve.
 */
import { createRequire, registerHooks } from 'node:module';
import { pathToFileURL } from 'node:url';

const require = createRequire(import.meta.url);
const commonJs = Object.fromEntries(
	['n8n-workflow', 'n8n-core'].map((name) => [name, pathToFileURL(require.resolve(name)).href]),
);

registerHooks({
	resolve: (specifier, context, next) =>
		next(context.conditions.includes('import') ? (commonJs[specifier] ?? specifier) : specifier, context),
});
