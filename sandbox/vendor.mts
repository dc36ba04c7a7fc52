import type { IncomingHttpHeaders } from 'node:http';
import type { ZodType, ZodTypeDef } from 'zod';
import type { CommandTable } from './admin/command.mts';
import type { Clock } from './clock.mts';
import type { DeliveryEngine, DeliveryRules } from './delivery/engine.mts';
import type { Answer } from './http/answer.mts';
import type { LimitRule, LimitUsage } from './limiter.mts';
import type { VendorView } from './page/view.mts';
import type { Random } from './random.mts';
import type { Refusal } from './refusal.mts';
import type { Schedule } from './schedule.mts';
import type { Statistics } from './statistics.mts';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** Whoever a key belongs to; limits and webhooks are kept per account. */
export interface Account {
	id: string;
}

export interface VendorRequest {
	account: Account;
	params: Record<string, string>;
	/** A parameter given twice arrives as an array. */
	query: Record<string, string | string[]>;
	headers: IncomingHttpHeaders;
	/** Parsed JSON, FormData where the vendor takes forms, or text where it takes that; undefined when nothing was sent. */
	body: unknown;
}

export interface Route {
	method: Method;
	/** Below the base path, with `:name` parameters. */
	path: string;
	/** Whether it needs no key: its account is then nobody's. */
	isOpen?: boolean;
	/** Answers, or throws a Refusal. */
	handle(request: VendorRequest): Answer | Promise<Answer>;
}

export interface LimitDefinition {
	/** The rule until the admin API changes it. */
	rule: LimitRule;
	/** Limits per address are checked before authentication, those per account after it. */
	per: 'account' | 'address';
	appliesTo(method: string, path: string): boolean;
	/** How every answer tells what a limit per account leaves; without it none does. */
	headers?(usage: LimitUsage): Record<string, string>;
}

/** What the sandbox gives a vendor. All of it lives as long as the sandbox; `settings` is changed in place. */
export interface VendorContext<Settings> {
	clock: Clock;
	random: Random;
	schedule: Schedule;
	settings: Readonly<Settings>;
	statistics: Statistics;
	deliveries: DeliveryEngine;
}

/** A vendor's fake API as one value; `vendors.mts` lists them. */
export interface Vendor<Settings extends object, Commands extends CommandTable> {
	/** The vendor's own base path, below `/<name>`. */
	basePath: string;
	/** Its switches; parsing `{}` gives the defaults. */
	settings: ZodType<Settings, ZodTypeDef, unknown>;
	/** Named rate limits. A refused request leaves all of them untouched. */
	limits: Record<string, LimitDefinition>;
	deliveries: DeliveryRules;
	/** How JSON has to be announced; anything else is refused with 415. Without it `application/json` will do. */
	jsonContentType?: string;
	/** Whether requests may be multipart/form-data; else they are refused with 415. */
	takesForms?: boolean;
	/** Whether bodies that are no JSON arrive as text, for the routes to read; else they are refused with 415. */
	takesText?: boolean;
	/** Every answer carries a request id in this header; without it only `refuse` tells it. */
	requestIdHeader?: string;
	/** What the sandbox's page shows of it; without it what all vendors have. `baseUrl` is where it is served. */
	page?(commands: Commands, baseUrl: string): VendorView;
	start(context: VendorContext<Settings>): VendorParts<Commands>;
}

export interface VendorParts<Commands extends CommandTable> {
	routes: Route[];
	/** The account a request's key belongs to; throws a Refusal when there is none. */
	authenticate(headers: IncomingHttpHeaders): Account;
	/** Renders a refusal in the vendor's error shape; `asked` is the request's method and path, base path included. */
	refuse(refusal: Refusal, requestId: string, asked: { method: string; path: string }): Answer;
	/** What only this vendor's tests need: seeding, emitting, looking inside. */
	commands: Commands;
	/** Back to the data the sandbox starts with. */
	reset(): void;
}
