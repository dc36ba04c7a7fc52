import { attempt, attemptAsync } from '../../../nodes/shared/attempt.ts';

describe('an attempt', () => {
	const error = new Error('thrown');

	it('gives the value of what went well, even if that is undefined', async () => {
		expect(attempt(() => 7)).toEqual({ ok: true, value: 7 });
		expect(attempt(() => undefined)).toEqual({ ok: true, value: undefined });
		expect(await attemptAsync(async () => 7)).toEqual({ ok: true, value: 7 });
	});

	it('gives what was thrown, whatever it is', async () => {
		const fail = (thrown: unknown) => (): never => {
			throw thrown;
		};
		expect(attempt(fail(error))).toEqual({ ok: false, error });
		expect(attempt(fail(undefined))).toEqual({ ok: false, error: undefined });
		expect(await attemptAsync(async () => await Promise.reject(error))).toEqual({ ok: false, error });
		expect(await attemptAsync(fail(error))).toEqual({ ok: false, error });
	});
});
