import type { IDataObject } from 'n8n-workflow';
import type { Execution } from '../../lab/rest.mts';
import { openStage, type Stage } from './stage.mts';
import { leadwireNode, manual, MANUAL_TRIGGER } from '../../lab/workflows.mts';

const LIMIT = { limit: 60, windowMs: 6000 };
const LEADS = 300;
/** 60 at once, then 60 more every 6 s. */
const IDEAL_MS = (LEADS / LIMIT.limit - 1) * LIMIT.windowMs;

const STATED = { limitRate: true, rateLimitRequests: LIMIT.limit, rateLimitSeconds: LIMIT.windowMs / 1000 };

describe('300 creates against a limit of 60 per 6 s, on n8n 2.40.7', () => {
	let stage: Stage;
	beforeAll(async () => (stage = await openStage('2.40.7')), 180_000);
	afterAll(async () => await stage?.close(), 30_000);
	beforeEach(() => {
		stage.sandbox.spara.reset();
		stage.sandbox.spara.limit({ name: 'general', windows: [LIMIT], retryAfter: 'none' });
	});

	/** Each execution is a run of a workflow of its own. A key of its own gives each test a budget that knows nothing yet. */
	const create = async (executions: number, credential: IDataObject): Promise<Execution[]> => {
		const { key } = stage.sandbox.spara.accounts()[0];
		const data = { apiKey: key, baseUrl: `${stage.sandboxUrl}/spara/v1`, ...credential };
		const stored = await stage.editor.createCredential('sparaApi', 'Spara', data);
		const perExecution = LEADS / executions;
		const workflows = await Promise.all(
			Array.from({ length: executions }, async (_, execution) => {
				const items = Array.from({ length: perExecution }, (_, index) => ({
					email: `lead-${execution}-${index}@example.com`,
				}));
				const parameters = {
					resource: 'lead',
					operation: 'create',
					leadFields: { email: '={{ $json.email }}' },
				};
				const node = leadwireNode('Spara', 'spara', 'sparaApi', parameters);
				return await stage.editor.createWorkflow(manual(items, node), [stored]);
			}),
		);
		return await Promise.all(
			workflows.map(async (workflow) => await stage.editor.run(workflow, MANUAL_TRIGGER)),
		);
	};

	const expectEachOnce = (executions: Execution[]): void => {
		for (const { data } of executions) {
			expect(data.resultData.error).toBeUndefined();
			const items = data.resultData.runData.Spara[0].data?.main[0] ?? [];
			expect(items.map(({ pairedItem }) => pairedItem)).toEqual(
				Array.from({ length: LEADS / executions.length }, (_, item) => ({ item })),
			);
		}
		const timesCreated = Object.values(stage.sandbox.spara.writes({ kind: 'create' }));
		expect(timesCreated).toEqual(Array.from({ length: LEADS }, () => 1));
	};

	/** From the first to the last accepted request, as a part of the limit's own time. */
	const timeRatio = (): number => {
		const times = stage.sandbox.spara.accepted({ limit: 'general' });
		return (times[times.length - 1] - times[0]) / IDEAL_MS;
	};

	const rejections = (): number => stage.sandbox.spara.statistics().rejected[429] ?? 0;

	it.each([1, 2])(
		"takes the limit's own time and is never rejected when the limit is stated (%i execution(s))",
		async (executions) => {
			expectEachOnce(await create(executions, STATED));
			console.info(
				`${executions} execution(s), limit stated: ${timeRatio().toFixed(4)} of the limit's own time, ${rejections()} rejected`,
			);
			expect(rejections()).toBe(0);
			expect(timeRatio()).toBeLessThan(1.02);
		},
		90_000,
	);

	it.each(['none', 'seconds'] as const)(
		'learns the limit when it is not stated (Retry-After: %s)',
		async (retryAfter) => {
			stage.sandbox.spara.limit({ name: 'general', windows: [LIMIT], retryAfter });
			const otherAccount = {
				baseUrl: `${stage.sandboxUrl.replace('127.0.0.1', retryAfter === 'none' ? '127.0.0.1' : 'localhost')}/spara/v1`,
			};
			expectEachOnce(await create(1, otherAccount));
			console.info(
				`limit unknown, Retry-After ${retryAfter}: ${timeRatio().toFixed(4)} of the limit's own time, ${rejections()} rejected`,
			);
			expect(rejections()).toBeLessThanOrEqual(25);
		},
		120_000,
	);
});
