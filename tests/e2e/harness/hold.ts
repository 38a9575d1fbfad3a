// Holds calls back until the test lets them go: no clock decides what comes first.
import { expect, type Page } from '@playwright/test';
import { GRAPH } from './browser';

/** Calls that are held back. */
export interface Held {
  /** Waits until one is. */
  reached(): Promise<void>;
  /** Lets them go, and all that follow. */
  letGo(): void;
}

/** Holds this page's calls to Graph with this method and part of the address. */
export async function hold(page: Page, method: string, part: string): Promise<Held> {
  let letGo = () => {};
  let number = 0;
  const gate = new Promise<void>((done) => (letGo = done));
  await page.route(
    (url) => url.origin === GRAPH && url.href.includes(part),
    async (route) => {
      if (route.request().method() === method) {
        number += 1;
        await gate;
      }
      // The page may have gone meanwhile.
      await route.fallback().catch(() => {});
    },
  );
  return { letGo, reached: () => expect.poll(() => number).toBeGreaterThan(0) };
}
