// Pages in separate files: when they are loaded, and what is shown if they cannot be.
import { readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import type { Page } from '@playwright/test';
import { axe } from '../harness/axe';
import { APP } from '../harness/browser';
import { signIn } from '../harness/sign-in';
import { expect, test } from '../harness/test';

const dist = process.env.DIST ?? resolve(import.meta.dirname, '../../../dist');
const files = readdirSync(dist);
const parts = files.filter((file) => file.endsWith('.wasm') && !file.endsWith('_bg.wasm'));
const OTHERS = '**/pim-desk-others-*.wasm';
const MISSING = 'This page could not be loaded';
// Bytes of brotli until the first page is shown: all, and of those the main part of the program. Growth of the main
// part shows here; docs/decisions/0011-pages-in-parts.md says how to keep it small.
const BUDGET = 249_000;
const MAIN_BUDGET = 222_500;

/** The program's files that were loaded, and when, in milliseconds from the start of the page. */
const programFiles = (page: Page) =>
  page.evaluate(() =>
    (performance.getEntriesByType('resource') as PerformanceResourceTiming[])
      .filter(({ name }) => name.endsWith('.wasm'))
      .map(({ name, startTime, responseEnd }) => ({ name: name.slice(name.lastIndexOf('/') + 1), startTime, responseEnd })),
  );

const allParts = (page: Page) =>
  expect
    .poll(async () => new Set((await programFiles(page)).filter((file) => file.responseEnd > 0).map((file) => file.name)).size, {
      timeout: 60_000,
    })
    .toBe(parts.length + 1);

const goTo = (page: Page, name: string) =>
  page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name }).click();

test('the first page comes alone, the others when nothing else is to do', async ({ page }) => {
  await page.goto(APP);
  await allParts(page);
  const came = await programFiles(page);
  const main = came.find(({ name }) => name.endsWith('_bg.wasm'));
  expect(main).toBeDefined();
  for (const part of came) {
    if (part !== main) expect(part.startTime).toBeGreaterThan((main?.responseEnd ?? 0) + 1_000);
  }
});

test('what comes before the first page stands is within its budget', () => {
  test.skip(!files.some((file) => file.endsWith('.br')), 'a development build is not compressed');
  const first = files.filter((file) => /\.(html|js|css|wasm|svg)$/.test(file) && file !== '404.html' && !parts.includes(file));
  const bytes = (files: string[]) =>
    files.reduce((sum, file) => sum + brotliCompressSync(readFileSync(join(dist, file))).length, 0);
  expect(bytes(first.filter((file) => file.endsWith('_bg.wasm')))).toBeLessThan(MAIN_BUDGET);
  expect(bytes(first)).toBeLessThan(BUDGET);
});

test('an open tab needs no file of its version any more', async ({ page }) => {
  await signIn(page, 'dana', '#/groups');
  await allParts(page);
  await page.route('**/*.wasm', (route) => route.fulfill({ status: 404, body: 'gone' }));
  for (const place of ['Help', 'Changes', 'Approvals']) {
    await goTo(page, place);
    await expect(page.getByRole('heading', { level: 1 }).first()).toContainText(place);
  }
});

test('a page opened by its address comes with its part', async ({ page }) => {
  let asked = 0;
  page.on('request', (request) => {
    if (request.isNavigationRequest()) asked = 0;
    else if (request.url().includes('/pim-desk-others-')) asked += 1;
  });
  // The sign-in is not redeemed before the part is requested.
  await page.route('**/oauth2/v2.0/token', async (route) => {
    await expect.poll(() => asked).toBeGreaterThan(0);
    await route.fallback();
  });
  await signIn(page, 'dana', '#/help');
  await expect(page.getByRole('heading', { level: 1, name: 'Help' })).toBeVisible();
});

test('a part that cannot be fetched leaves words, and comes when asked again', async ({ page, watch }) => {
  watch.allow(/Failed to load resource/, /Failed to fetch/);
  await page.route(OTHERS, (route) => route.abort());
  await signIn(page, 'dana', '#/groups');
  await goTo(page, 'Help');
  await expect(page.getByRole('heading', { level: 1, name: MISSING })).toBeFocused();
  await expect(page.getByRole('button', { name: 'Reload' })).toBeVisible();
  await axe(page);
  await goTo(page, 'Groups');
  await expect(page.getByRole('heading', { level: 1, name: MISSING })).toHaveCount(0);
  await goTo(page, 'Help');
  await expect(page.getByRole('heading', { level: 1, name: MISSING })).toBeVisible();
  await page.unroute(OTHERS);
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Help' })).toBeVisible();
});

const SPOILT = {
  changed: { contentType: 'application/wasm', body: Buffer.from([0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00]) },
  gone: { status: 404, body: 'gone' },
};
for (const [how, answer] of Object.entries(SPOILT)) {
  test(`a part that is ${how} is not run, and the address keeps`, async ({ page, watch }) => {
    watch.allow(/integrity/i, /Failed to load resource/, /Failed to fetch/);
    await page.route(OTHERS, (route) => route.fulfill(answer));
    await signIn(page, 'dana', '#/help');
    await expect(page.getByRole('heading', { level: 1, name: MISSING })).toBeVisible();
    await page.unroute(OTHERS);
    await page.getByRole('button', { name: 'Reload' }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'Help' })).toBeVisible();
    expect(new URL(page.url()).hash).toBe('#/help');
  });
}
