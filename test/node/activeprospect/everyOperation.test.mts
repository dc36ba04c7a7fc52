import { resources } from '../../../nodes/ActiveProspect/resources';
import { operationCases } from './operationCases.mts';
import { openStage } from './stage.mts';

it('each gives what it promises, and the table has them all', async () => {
	const stage = await openStage();
	const ran: string[] = [];
	try {
		for (const prepare of operationCases(stage.activeprospect)) {
			const { name, parameters, items = [{}], expected } = prepare();
			const [resource, operation] = name.split(': ');
			const run = await stage.run([resource, operation], parameters, items);
			expect([name, run.error?.message, run.items.map(({ json }) => json)]).toEqual([
				name,
				undefined,
				expected,
			]);
			ran.push(name);
		}
	} finally {
		await stage.close();
	}
	const all = resources.flatMap(({ value, operations }) => operations.map((one) => `${value}: ${one.value}`));
	expect(ran.sort()).toEqual(all.sort());
});
