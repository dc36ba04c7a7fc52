import type { IDataObject, IHookFunctions } from 'n8n-workflow';
import {
	checkWebhook,
	createWebhook,
	webhookSecret,
	type WebhookApi,
} from '../../../nodes/shared/webhook/lifecycle.ts';
import { VendorWithWebhooks } from './vendorWithWebhooks.mts';

const URL_OF_TRIGGER = 'https://n8n.example/webhook/id/webhook';

let vendor: VendorWithWebhooks;
let staticData: IDataObject;
beforeEach(() => {
	vendor = new VendorWithWebhooks({ makesSecret: true, canUpdate: false });
	staticData = {};
});

const context = () =>
	({
		getNodeWebhookUrl: () => URL_OF_TRIGGER,
		getWorkflowStaticData: () => staticData,
	}) as unknown as IHookFunctions;
const withStatedSecret = (): WebhookApi => ({ ...vendor.api, hasStatedSecret: true });

it('is enough where the vendor gives none', async () => {
	vendor.forgetsSecret = true;
	await createWebhook(context(), withStatedSecret(), ['*']);
	expect(webhookSecret(staticData)).toBeUndefined();
	expect(await checkWebhook(context(), withStatedSecret(), ['*'])).toBe(true);
	expect(await checkWebhook(context(), vendor.api, ['*'])).toBe(false);
	expect(vendor.webhooks).toEqual([]);
});

it('does not make a webhook ours that nobody remembers', async () => {
	vendor.add(URL_OF_TRIGGER, ['*']);
	expect(await checkWebhook(context(), withStatedSecret(), ['*'])).toBe(false);
	expect(vendor.webhooks).toEqual([]);
});

it('leaves one webhook when a request to create was sent twice', async () => {
	const foreign = vendor.add('https://n8n.example/webhook/other/webhook', ['*']);
	const { api } = vendor;
	const sentTwice: WebhookApi = {
		...api,
		create: async (url, events) => {
			await api.create(url, events);
			return await api.create(url, events);
		},
	};
	await createWebhook(context(), sentTwice, ['*']);
	const { id, secret } = staticData.webhook as { id: string; secret: string };
	expect(vendor.webhooks.map((webhook) => webhook.id)).toEqual([foreign, id]);
	expect(vendor.isVerifiable(id, secret)).toBe(true);
});
