import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const folder = path.resolve(__dirname, '../../../.github/workflows');
const steps = readdirSync(folder).flatMap((file) =>
	[...readFileSync(path.join(folder, file), 'utf8').matchAll(/uses: (\S+)(.*)/g)].map(
		([, action, comment]) => ({
			file,
			action,
			comment: comment.trim(),
		}),
	),
);

describe('workflows of GitHub', () => {
	it('take each action by its commit, with the version beside it: a tag can be moved', () => {
		expect(steps.length).toBeGreaterThan(0);
		const movable = steps.filter(
			({ action, comment }) => !/^[\w-]+\/[\w-]+@[0-9a-f]{40}$/.test(action) || !/^# v\d/.test(comment),
		);
		expect(movable).toEqual([]);
	});
});
