// Measures the built app and prints the figures. Medians of RUNS cold starts, each in a fresh context with an empty
// cache.
import { readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import type { Browser, Page } from '@playwright/test';
import { APP } from '../harness/browser';
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

/** The parts of a batch. */
function parts(body: string | null): string {
  if (!body?.startsWith('{"requests"')) return '';
  const { requests } = JSON.parse(body) as { requests: { url: string }[] };
  return `[${requests.map(({ url }) => url.replace(/\?.*/, '?…')).join(', ')}]`;
}

const median = (figures: number[]) => figures.toSorted((a, b) => a - b)[Math.floor(figures.length / 2)];

async function coldPage(browser: Browser, { cpu, network }: Condition): Promise<Page> {
  const context = await browser.newContext();
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send('Network.enable');
  await session.send('Emulation.setCPUThrottlingRate', { rate: cpu });
  if (network) await session.send('Network.emulateNetworkConditions', network);
  return page;
}

/** A control by its role and its name, so that a page that is only starting to appear does not count. */
interface Control {
  selector: string;
  name: string;
}
const SIGN_IN: Control = { selector: '#app button', name: 'Sign in with Microsoft' };
const A_SETTING: Control = { selector: '#app input[type=checkbox]', name: 'Require justification on activation' };

/** Milliseconds from `go` to the first frame with the control, including redirects in between. */
async function timeTo(page: Page, control: Control, go: () => Promise<unknown>): Promise<number> {
  await page.addInitScript(({ selector, name }) => {
    const nameOf = (element: Element) => (element as HTMLInputElement).labels?.[0] ?? element;
    const look = () => {
      if ([...document.querySelectorAll(selector)].some((found) => nameOf(found).textContent?.trim() === name)) {
        performance.mark('usable');
      } else requestAnimationFrame(look);
    };
    look();
  }, control);
  const started = Date.now();
  await go();
  const usable = await page.waitForFunction(() => {
    const mark = performance.getEntriesByName('usable')[0];
    return mark && performance.timeOrigin + mark.startTime;
  });
  return Number(await usable.jsonValue()) - started;
}

test('first load by file', async () => {
  const dist = process.env.DIST ?? resolve(import.meta.dirname, '../../../dist');
  const rows = readdirSync(dist)
    .filter((file) => /^(?!404).*\.(html|js|css|wasm|svg)$/.test(file))
    .map((file) => ({ file, raw: readFileSync(join(dist, file)) }))
    .map(({ file, raw }) => ({ file, raw: raw.length, brotli: brotliCompressSync(raw).length }));
  const told = (what: string, rows: { file: string; raw: number; brotli: number }[]) => {
    const total = { file: 'total', raw: 0, brotli: 0 };
    for (const row of rows) {
      total.raw += row.raw;
      total.brotli += row.brotli;
    }
    console.log(`\n${what}, bytes`);
    console.table([...rows, total]);
  };
  const part = ({ file }: { file: string }) => file.endsWith('.wasm') && !file.endsWith('_bg.wasm');
  told('first load', rows.filter((row) => !part(row)));
  told('parts that come later', rows.filter(part));
});

test('cold start to the signed-out page', async ({ browser }) => {
  const rows = [];
  for (const condition of CONDITIONS) {
    const figures = [];
    for (let run = 0; run < RUNS; run += 1) {
      const page = await coldPage(browser, condition);
      figures.push(await timeTo(page, SIGN_IN, () => page.goto(APP, { waitUntil: 'commit' })));
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
      await page.getByRole('button', { name: SIGN_IN.name }).click();
      await choosePerson(page, 'ana');
      await page.getByRole('checkbox', { name: A_SETTING.name }).waitFor();
      const seen: string[] = [];
      page.on('request', (request) => {
        seen.push(`${request.method()} ${request.url().replace(/\?.*/, '?…')} ${parts(request.postData())}`);
      });
      await tenant.clearLog();
      figures.push(await timeTo(page, A_SETTING, () => page.reload({ waitUntil: 'commit' })));
      requests = seen;
      await page.context().close();
    }
    console.log(`\nreload to both policies, ${condition.name}: median ${Math.round(median(figures))} ms`);
    if (condition.cpu === 1) console.log(`${requests.length} requests until then:\n${requests.join('\n')}`);
  }
});
