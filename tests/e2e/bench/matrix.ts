// Measures the table of policies with 100, 500 and 1,000 groups in PIM, each call taking 80 ms, and prints the figures.
// The limits are issue 5's own: first rows within 0.6 s, complete within 0.6, 1.5 and 2.5 s (1.6 times that at 4x CPU),
// at most 6 calls in flight, at most ceil(n/20)+5 calls beyond the pages of the list, 55 frames a second, 150 MB.
import { readFileSync } from 'node:fs';
import type { Browser, CDPSession, Page } from '@playwright/test';
import { GRAPH } from '../harness/browser';
import { signIn } from '../harness/sign-in';
import { test } from '../harness/test';

const RUNS = 3;
const LATENCY_MS = 80;

// Wheel, fling, a page key held down, and the scroll bar dragged through 2,000 rows in six seconds.
const SPEEDS = [1_000, 3_000, 6_000, 12_000];

const median = (figures: number[]) => figures.toSorted((a, b) => a - b)[Math.floor(figures.length / 2)];

interface Calls {
  list: number;
  others: number;
}

/** Counts the calls to Graph from now on, without preflights. */
function count(page: Page): Calls {
  const calls = { list: 0, others: 0 };
  page.on('request', (request) => {
    if (!request.url().startsWith(GRAPH) || request.method() === 'OPTIONS') return;
    // Pages of the list are parts of a batch, on their own in it.
    if (/group\/resources/.test(`${request.url()} ${request.postData() ?? ''}`)) calls.list += 1;
    else calls.others += 1;
  });
  return calls;
}

/** The most calls for policies that were in flight at once, by the browser's own clock. */
async function inFlight(page: Page): Promise<number> {
  return page.evaluate((graph) => {
    const calls = performance.getEntriesByType('resource').filter(({ name }) => name.startsWith(graph));
    const edges = calls.flatMap(({ startTime, duration }) => [[startTime, 1], [startTime + duration, -1]]);
    edges.sort(([a, up], [b, down]) => a - b || up - down);
    let [now, most] = [0, 0];
    for (const [, step] of edges) most = Math.max(most, (now += step));
    return most;
  }, GRAPH);
}

/** Milliseconds from the click on the link in the rail to the first row with values, and to the end of the survey. */
async function fill(page: Page): Promise<{ first: number; complete: number }> {
  return page.evaluate(
    () =>
      new Promise<{ first: number; complete: number }>((done) => {
        const began = performance.now();
        let first = 0;
        const look = () => {
          const cells = [...document.querySelectorAll('.grid tbody td:nth-of-type(4)')];
          if (!first && cells.some((cell) => cell.textContent)) first = performance.now() - began;
          if (first && document.querySelector('.matrix-read')) done({ first, complete: performance.now() - began });
          else requestAnimationFrame(look);
        };
        document.querySelector<HTMLAnchorElement>('.rail a[href="#/matrix"]')?.click();
        requestAnimationFrame(look);
      }),
  );
}

/**
 * Frames per second while the table scrolls down from its first row, at this many pixels per second, for at most three
 * seconds.
 */
async function scroll(page: Page, speed: number): Promise<{ fps: number; worst: number }> {
  return page.evaluate(
    (speed) =>
      new Promise<{ fps: number; worst: number }>((done) => {
        const frame = document.querySelector('.grid-frame')!;
        const way = Math.min(frame.scrollHeight - frame.clientHeight, speed * 3);
        let [began, frames, last, worst] = [0, 0, 0, 0];
        const step = (now: number) => {
          began ||= now;
          frames += 1;
          worst = Math.max(worst, now - (last || now));
          last = now;
          frame.scrollTop = Math.min(way, ((now - began) * speed) / 1000);
          if (frame.scrollTop < way - 1) requestAnimationFrame(step);
          else done({ fps: ((frames - 1) * 1000) / (now - began), worst });
        };
        frame.scrollTop = 0;
        // The first row is shown and the table is still before it scrolls.
        setTimeout(() => requestAnimationFrame(step), 500);
      }),
    speed,
  );
}

/** The private memory of the page's process, in MB: document, script, program and the browser's own part. */
async function memory(browser: Browser, session: CDPSession): Promise<number> {
  await session.send('HeapProfiler.collectGarbage');
  const { processInfo } = await (await browser.newBrowserCDPSession()).send('SystemInfo.getProcessInfo');
  const own = ({ id }: { id: number }) => /RssAnon:\s+(\d+) kB/.exec(readFileSync(`/proc/${id}/status`, 'utf8'));
  const pages = processInfo.filter(({ type }) => type === 'renderer').map(own);
  return Math.round(Math.max(...pages.map((found) => Number(found?.[1] ?? 0))) / 1000);
}

for (const cpu of [1, 4]) {
  for (const groups of [100, 500, 1000]) {
    test(`the policies of ${groups} groups, ${cpu}x CPU`, async ({ browser, tenant }) => {
      const [firsts, completes] = [[] as number[], [] as number[]];
      let told: Record<string, unknown> = {};
      for (let run = 0; run < RUNS; run += 1) {
        await tenant.reset({ groups: groups + 28, groupsInPim: groups, latencyMs: LATENCY_MS });
        const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
        const page = await context.newPage();
        const session = await context.newCDPSession(page);
        await signIn(page, 'ana', '#/help');
        await page.getByRole('heading', { level: 1 }).waitFor();
        await page.waitForLoadState('networkidle');
        await session.send('Emulation.setCPUThrottlingRate', { rate: cpu });
        const calls = count(page);
        await page.evaluate(() => (performance.clearResourceTimings(), performance.setResourceTimingBufferSize(2000)));
        const { first, complete } = await fill(page);
        firsts.push(first);
        completes.push(complete);
        if (run === RUNS - 1) {
          const counted = { ...calls };
          const most = await inFlight(page);
          await page.waitForLoadState('networkidle');
          const frames: Record<string, string> = {};
          for (const speed of SPEEDS) {
            const { fps, worst } = await scroll(page, speed);
            frames[`frames/s at ${speed} px/s (longest, ms)`] = `${Math.round(fps * 10) / 10} (${Math.round(worst)})`;
          }
          told = {
            'pages of the list': counted.list,
            'other calls': counted.others,
            'allowed': Math.ceil(groups / 20) + 5,
            'most in flight': most,
            ...frames,
            'rows in the document': await page.locator('.grid tbody tr').count(),
            'MB': await memory(browser, session),
          };
        }
        await context.close();
      }
      console.log(`\n${groups} groups in PIM, ${cpu}x CPU, ${LATENCY_MS} ms a call, medians of ${RUNS}`);
      console.table([{ 'first rows, ms': Math.round(median(firsts)), 'complete, ms': Math.round(median(completes)), ...told }]);
    });
  }
}
