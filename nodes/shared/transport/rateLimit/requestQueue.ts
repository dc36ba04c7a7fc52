import { CancelledError } from '../../clock';
import type { Permit, PermitRequest } from './rateLimiter';
import type { RateLimit } from './rollingWindow';

/** A request in the queue. */
export interface Waiter extends PermitRequest {
	/** When it came into the queue, in epoch ms. */
	enqueuedAt: number;
	/** Whether its log has been told that it waits. */
	isTold?: boolean;
	/** The limit that kept it waiting at first. */
	waitsFor?: RateLimit;
	/** Takes it out of the queue and lets it go. */
	grant(permit: Permit): void;
	/** Takes it out of the queue and fails it. */
	refuse(error: Error): void;
}

/** Requests in the order of their tickets. One whose signal is aborted leaves by itself. */
export class RequestQueue {
	private waiters: Waiter[] = [];

	get isEmpty(): boolean {
		return this.waiters.length === 0;
	}

	/** A snapshot, so that waiters may leave while it is walked through. */
	inOrder(): Waiter[] {
		return [...this.waiters];
	}

	/** Resolves or rejects once the waiter is granted, refused or cancelled. */
	async join(request: PermitRequest, now: number): Promise<Permit> {
		return await new Promise<Permit>((resolve, reject) => {
			const cancel = (): void => waiter.refuse(new CancelledError());
			const leave = (): void => {
				request.signal?.removeEventListener('abort', cancel);
				this.waiters = this.waiters.filter((other) => other !== waiter);
			};
			const waiter: Waiter = {
				...request,
				enqueuedAt: now,
				grant: (permit) => {
					leave();
					resolve(permit);
				},
				refuse: (error) => {
					leave();
					reject(error);
				},
			};
			request.signal?.addEventListener('abort', cancel);
			const behind = this.waiters.findIndex((other) => other.ticket > waiter.ticket);
			if (behind === -1) this.waiters.push(waiter);
			else this.waiters.splice(behind, 0, waiter);
		});
	}
}
