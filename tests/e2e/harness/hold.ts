// Holds calls back until the test releases them, so that no clock decides what comes first.
import { expect, type Page, type Request } from '@playwright/test';
import { GRAPH } from './browser';

/** Calls that are held back. */
export interface Held {
  /** Waits until this many are held. */
  reached(number?: number): Promise<void>;
  /** How many have been held so far. */
  count(): number;
  /** Releases them, and all later ones. */
  letGo(): void;
  /** Holds later ones back again, and restarts the count. */
  again(): void;
}

/** Holds back this page's calls to Graph with this method and part of the address; `which` may exempt some. */
export async function hold(page: Page, method: string, part: string, which: (call: Request) => boolean = () => true): Promise<Held> {
  let letGo = () => {};
  let number = 0;
  let gate = Promise.resolve();
  const again = () => {
    number = 0;
    gate = new Promise<void>((done) => (letGo = done));
  };
  again();
  await page.route(
    (url) => url.origin === GRAPH && url.href.includes(part),
    async (route) => {
      const call = route.request();
      if (call.method() === method && which(call)) {
        number += 1;
        await gate;
      }
      // The page may be gone by now.
      await route.fallback().catch(() => {});
    },
  );
  return { again, count: () => number, letGo: () => letGo(), reached: (least = 1) => expect.poll(() => number).toBeGreaterThanOrEqual(least) };
}
