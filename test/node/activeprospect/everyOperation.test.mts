import { resources } from '../../../nodes/ActiveProspect/resources';
import { unused, type SentRequest } from '../../unit/activeprospect/openapiFacts.mts';
import { operationCases } from './operationCases.mts';
import { openStage } from './stage.mts';

it('each gives what it promises, the table has them all, and they make every call that the facts tell of', async () => {
	const stage = await openStage();
	const ran: string[] = [];
	let requests: SentRequest[] = [];
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
		requests = stage.activeprospect.requests();
	} finally {
		await stage.close();
	}
	expect(unused(requests)).toEqual([]);
	const all = resources.flatMap(({ value, operations }) => operations.map((one) => `${value}: ${one.value}`));
	expect(ran.sort()).toEqual(all.sort());
});
