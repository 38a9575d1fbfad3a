// Measures the inbox with 500 requests and prints the figures. The limits are the product's own: 1 s from the answer to
// a list that can be used at 4x CPU, 50 ms to open a request, fewer than 3,000 elements.
import type { Page } from '@playwright/test';
import { APP } from '../harness/browser';
import { withRoles } from '../harness/roles';
import { choosePerson } from '../harness/sign-in';
import { test } from '../harness/test';

const RUNS = 7;
const REQUESTS = 500;

const median = (figures: number[]) => figures.toSorted((a, b) => a - b)[Math.floor(figures.length / 2)];

/** Milliseconds from the last answer of the lists to the end of the first frame with a row. */
async function answerToRows(page: Page): Promise<number> {
  await page.addInitScript(() => {
    const look = () => {
      if (document.querySelector('.inbox-list tbody th a')) setTimeout(() => performance.mark('rows'));
      else requestAnimationFrame(look);
    };
    look();
  });
  await page.reload({ waitUntil: 'commit' });
  const took = await page.waitForFunction(() => {
    const rows = performance.getEntriesByName('rows')[0];
    const answers = performance
      .getEntriesByType('resource')
      .filter(({ name }) => name.includes('filterByCurrentUser') && /Pending(Approval|AdminDecision)/.test(name))
      .map((entry) => (entry as PerformanceResourceTiming).responseEnd)
      .filter((end) => rows && end <= rows.startTime);
    return rows && answers.length > 0 && rows.startTime - Math.max(...answers);
  });
  return Number(await took.jsonValue());
}

/**
 * Milliseconds from a click on a row to the end of the first frame that shows its request. A message posted while a
 * frame is being made arrives when its style, layout and paint are done; a timer may be later.
 */
async function open(page: Page, row: number): Promise<number> {
  const took = await page.evaluate(
    (row) =>
      new Promise<number>((done) => {
        const links = document.querySelectorAll<HTMLAnchorElement>('.inbox-list tbody th a');
        const name = links[row].textContent ?? '';
        const began = performance.now();
        links[row].click();
        const look = () => {
          if (document.querySelector('.inbox-open h1')?.textContent?.includes(name)) {
            const { port1, port2 } = new MessageChannel();
            port1.onmessage = () => done(performance.now() - began);
            port2.postMessage(null);
          } else requestAnimationFrame(look);
        };
        requestAnimationFrame(look);
      }),
    row,
  );
  await page.getByRole('heading', { name: /Your decision|asks to extend/ }).or(page.getByText(/This asks to/)).first().waitFor();
  await page.keyboard.press('Escape');
  await page.locator('.inbox-open').waitFor({ state: 'detached' });
  return took;
}

test('an inbox of 500 requests', async ({ page, tenant }) => {
  test.setTimeout(240_000);
  await tenant.reset({ requests: REQUESTS });
  const session = await page.context().newCDPSession(page);
  await withRoles(page);
  await page.goto(`${APP}#/approvals`);
  await page.getByRole('button', { name: 'Sign in with Microsoft' }).click();
  await choosePerson(page, 'dana');
  await page.locator('.inbox-list tbody th a').first().waitFor();
  const rows = [];
  for (const cpu of [1, 4]) {
    await session.send('Emulation.setCPUThrottlingRate', { rate: cpu });
    const [starts, opens] = [[] as number[], [] as number[]];
    for (let run = 0; run < RUNS; run += 1) {
      starts.push(await answerToRows(page));
      await page.waitForLoadState('networkidle');
      opens.push(await open(page, run));
    }
    const elements = await page.evaluate(() => document.querySelectorAll('*').length);
    rows.push({
      condition: cpu === 1 ? 'as it is' : `${cpu}x CPU`,
      'answer to list, ms': Math.round(median(starts)),
      'opening, ms': Math.round(median(opens)),
      elements,
    });
  }
  console.log(`\ninbox of ${REQUESTS} requests, medians of ${RUNS}`);
  console.table(rows);
});
