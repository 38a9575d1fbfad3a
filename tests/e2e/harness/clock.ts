// The page's clock, made to run ahead where the program waits for time to pass.
import { expect, type Locator, type Page, type Request } from '@playwright/test';
import { GRAPH } from './browser';

/** Puts a clock into the page, which the test can let run ahead; it comes before the page is opened. */
export async function installClock(page: Page, options?: { time: number }) {
  // Files of the program that are on their way keep their time, however far the clock runs ahead meanwhile.
  await page.context().addInitScript(() => {
    const kept = AbortSignal as unknown as { ofBrowser: typeof AbortSignal.timeout };
    kept.ofBrowser ??= AbortSignal.timeout.bind(AbortSignal);
  });
  await page.clock.install(options);
  // Playwright numbers its timers from 1e12. The program keeps 32 bits of a number, as browsers give them, and could
  // not stop such a timer.
  await page.context().addInitScript(() => {
    const first = 1e12;
    if (Number(setTimeout(() => undefined)) < first) {
      throw new Error('the timers are not those of the clock');
    }
    const [timeout, interval, noTimeout, noInterval] = [setTimeout, setInterval, clearTimeout, clearInterval];
    const began = <A extends unknown[]>(start: (...given: A) => unknown) => (...given: A) => Number(start(...given)) - first;
    AbortSignal.timeout = (AbortSignal as unknown as { ofBrowser: typeof AbortSignal.timeout }).ofBrowser;
    Object.assign(window, {
      setTimeout: began(timeout),
      setInterval: began(interval),
      clearTimeout: (id?: number) => noTimeout((id ?? 0) + first),
      clearInterval: (id?: number) => noInterval((id ?? 0) + first),
    });
  });
}

/**
 * Lets the page's clock run ahead until something is shown; slowly while calls to Graph are in flight, which a busy
 * machine answers late. `installClock` comes before the page is opened.
 */
export async function hurryTo(page: Page, shown: Locator) {
  let [calls, turn] = [0, 0];
  const counts = (by: number) => (request: Request) => {
    if (request.url().startsWith(GRAPH)) calls += by;
  };
  const [begun, ended] = [counts(1), counts(-1)];
  page.on('request', begun).on('requestfinished', ended).on('requestfailed', ended);
  await expect(async () => {
    turn += 1;
    if (calls <= 0 || turn % 5 === 0) await page.clock.runFor(1_500);
    await expect(shown).toBeVisible({ timeout: 200 });
  }).toPass({ intervals: [0], timeout: 60_000 });
  page.off('request', begun).off('requestfinished', ended).off('requestfailed', ended);
}
