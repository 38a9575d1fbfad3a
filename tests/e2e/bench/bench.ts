// Measures the built app and prints. Medians of RUNS cold starts, each in a fresh context with an empty cache.
import { readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import type { Browser, Page } from '@playwright/test';
import { APP, GRAPH } from '../harness/browser';
import { choosePerson } from '../harness/sign-in';
import { test } from '../harness/test';

const RUNS = 7;
const SLOW_4G = { offline: false, latency: 150, downloadThroughput: 1_600_000 / 8, uploadThroughput: 750_000 / 8 };
const CONDITIONS = [
  { name: 'as it is', cpu: 1, network: undefined },
  { name: '4x CPU', cpu: 4, network: undefined },
  { name: '4x CPU, slow 4G', cpu: 4, network: SLOW_4G },
];
type Condition = (typeof CONDITIONS)[number];

const median = (figures: number[]) => figures.sort((a, b) => a - b)[Math.floor(figures.length / 2)];

async function coldPage(browser: Browser, { cpu, network }: Condition): Promise<Page> {
  const context = await browser.newContext();
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send('Network.enable');
  await session.send('Emulation.setCPUThrottlingRate', { rate: cpu });
  if (network) await session.send('Network.emulateNetworkConditions', network);
  return page;
}

/** Milliseconds from the navigation to the first frame in which `selector` is there. */
async function timeTo(page: Page, selector: string, go: () => Promise<unknown>): Promise<number> {
  await page.addInitScript((wanted) => {
    const look = () => {
      if (document.querySelector(wanted)) performance.mark('usable');
      else requestAnimationFrame(look);
    };
    look();
  }, selector);
  await go();
  await page.waitForSelector(selector);
  await page.waitForFunction(() => performance.getEntriesByName('usable').length > 0);
  return page.evaluate(() => performance.getEntriesByName('usable')[0].startTime);
}

test('first load by file', async () => {
  const dist = process.env.DIST ?? resolve(import.meta.dirname, '../../../dist');
  const rows = readdirSync(dist)
    .filter((file) => /^(?!404).*\.(html|js|css|wasm|svg)$/.test(file))
    .map((file) => ({ file, raw: readFileSync(join(dist, file)) }))
    .map(({ file, raw }) => ({ file, raw: raw.length, brotli: brotliCompressSync(raw).length }));
  const total = { file: 'total', raw: 0, brotli: 0 };
  for (const row of rows) {
    total.raw += row.raw;
    total.brotli += row.brotli;
  }
  console.log('\nfirst load, bytes');
  console.table([...rows, total]);
});

test('cold start to the signed-out page', async ({ browser }) => {
  const rows = [];
  for (const condition of CONDITIONS) {
    const figures = [];
    for (let run = 0; run < RUNS; run += 1) {
      const page = await coldPage(browser, condition);
      figures.push(await timeTo(page, '#app button', () => page.goto(APP)));
      await page.context().close();
    }
    rows.push({ condition: condition.name, 'median ms': Math.round(median(figures)) });
  }
  console.log('\nnavigation to a usable signed-out page');
  console.table(rows);
});

test('signed-in start to the policies of a group', async ({ browser, tenant }) => {
  const { id } = await tenant.group('Tier-0 Operators');
  const route = `#/groups/${id}/member/activation`;
  for (const condition of CONDITIONS) {
    const figures = [];
    let requests: string[] = [];
    for (let run = 0; run < RUNS; run += 1) {
      const page = await coldPage(browser, condition);
      await page.goto(APP + route);
      await page.getByRole('button', { name: /^sign in/i }).click();
      await choosePerson(page, 'ana');
      await page.waitForSelector('main form, main fieldset');
      const seen: string[] = [];
      page.on('request', (request) => seen.push(`${request.method()} ${request.url().replace(GRAPH, '')}`));
      await tenant.clearLog();
      figures.push(await timeTo(page, 'main form, main fieldset', () => page.reload()));
      requests = seen;
      await page.context().close();
    }
    console.log(`\nreload to both policies, ${condition.name}: median ${Math.round(median(figures))} ms`);
    if (condition.cpu === 1) console.log(requests.join('\n'));
  }
});
