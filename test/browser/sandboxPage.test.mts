import type { Page } from 'playwright-core';
import { openBrowserStage, picture, type BrowserStage } from './stage.mts';

let stage: BrowserStage;
let page: Page;
const errors: string[] = [];
beforeAll(async () => {
	stage = await openBrowserStage({ n8n: false });
	page = await stage.openPage();
	page.on('pageerror', (error) => errors.push(error.message));
	page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
	await page.goto(`${stage.sandboxUrl}/#spara`);
	await page.locator('#connection').getByText('live').waitFor();
}, 180_000);
afterAll(async () => await stage?.close(), 60_000);

const said = () => page.locator('#said');

it('gives key and base URL to copy, by the keyboard alone', async () => {
	await page.locator('#credentials').getByText('spara-sandbox-acme').waitFor();
	await page.keyboard.press('c');
	await said().getByText('API Key copied').waitFor();
	expect(await page.evaluate(async () => await navigator.clipboard.readText())).toBe('spara-sandbox-acme');
	const baseUrl = await page.locator('#credentials dd').nth(1).textContent();
	expect(baseUrl).toBe(`${stage.sandboxUrl}/spara/v1`);
}, 30_000);

it('shows a request while it is there, with what was sent and answered', async () => {
	await fetch(`${stage.sandboxUrl}/spara/v1/leads`, {
		method: 'POST',
		headers: { authorization: 'Bearer spara-sandbox-acme', 'content-type': 'application/json' },
		body: JSON.stringify({ email: 'ada@page.example' }),
	});
	const entry = page.locator('#requests details').filter({ hasText: 'POST /leads' }).first();
	await entry.waitFor();
	await entry.locator('summary').click();
	await entry.getByText('ada@page.example').first().waitFor();
	await page.locator('#tables').getByText('ada@page.example').waitFor();
	// It stays open while the page goes on.
	await page.waitForTimeout(1500);
	expect(await entry.getAttribute('open')).not.toBeNull();
}, 30_000);

it('registers a webhook, sends an event, and a tampered one, each with its attempts', async () => {
	await page.locator('#webhook summary').click();
	await page.locator('#webhook-url').fill(`${stage.sandboxUrl}/nowhere`);
	await page.locator('#webhook-secret').fill('a secret');
	await page.getByRole('button', { name: 'Register' }).click();
	await page.locator('#endpoints').getByText('/nowhere').waitFor();
	await page.locator('h1').click();
	await page.keyboard.press('e');
	await said().getByText('lead.created, genuine: Answered with 404').waitFor();
	await page.keyboard.press('t');
	await said().getByText('lead.created, tampered: Answered with 404').waitFor();
	const deliveries = page.locator('#deliveries details');
	await deliveries.filter({ hasText: 'genuine' }).first().waitFor();
	// The first is tried again a second later.
	await deliveries.filter({ hasText: '2 attempts' }).first().waitFor();
}, 30_000);

it('injects a fault, sets a limit and shows it fill, imports leads', async () => {
	const search = async () =>
		await fetch(`${stage.sandboxUrl}/spara/v1/leads/search?email=x@y.example`, {
			headers: { authorization: 'Bearer spara-sandbox-acme' },
		});
	await page.getByRole('button', { name: 'Inject fault' }).click();
	await said().getByText('Injected: 500').waitFor();
	expect((await search()).status).toBe(500);
	await page.locator('#faults').getByText('1 of 1').waitFor();

	await page.locator('#limit-requests').fill('2');
	await page.locator('#limit-seconds').fill('60');
	await page.getByRole('button', { name: 'Set this limit' }).click();
	await said().getByText('general: 2 requests in 60 s').waitFor();
	expect([(await search()).status, (await search()).status, (await search()).status]).toContain(429);
	await page
		.locator('#meters')
		.getByText(/general, acme: 2 of 2 in 1 min, full for \d+ s/)
		.waitFor();

	await page.locator('#import-count').fill('50');
	await page.getByRole('button', { name: 'Bulk import' }).click();
	await said().getByText('Imported 50 leads').waitFor();
	await page.locator('#tables').getByText('Leads (', { exact: false }).first().waitFor();
	await picture(page, 'sandbox-light');
}, 60_000);

it.each(['Leadiosa', 'LeadConduit', 'SparkLoop', 'Sparx'])(
	'shows %s by the keyboard',
	async (title) => {
		const names = await page.locator('#vendors a').allTextContents();
		await page.keyboard.press(String(names.indexOf(title) + 1));
		await page.locator(`#vendors a[aria-current]:text-is("${title}")`).waitFor();
		await page.locator('#tables table').first().waitFor();
		expect(await page.title()).toContain(title);
	},
	30_000,
);

it('follows the dark theme', async () => {
	await page.keyboard.press('1');
	await page.emulateMedia({ colorScheme: 'dark' });
	const background = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
	expect(background).toBe('rgb(22, 24, 29)');
	await picture(page, 'sandbox-dark');
});

it('resets, and has no error in the console', async () => {
	await page.getByRole('button', { name: 'Reset everything' }).click();
	await said().getByText('Everything is as at the start').waitFor();
	expect(errors).toEqual([]);
});
