// A browser that is busy.
import type { Page } from '@playwright/test';

/** Lets the program hear that the address changed only after some milliseconds; comes before the page is opened. */
export async function hearLate(page: Page, lateMs: number) {
  await page.addInitScript((ms) => {
    const add = window.addEventListener.bind(window) as (name: string, hear: (event: Event) => void, more?: unknown) => void;
    const late = (hear: (event: Event) => void) => (event: Event) => void setTimeout(() => hear(event), ms);
    window.addEventListener = ((name: string, hear: (event: Event) => void, more?: unknown) => {
      add(name, ms > 0 && name === 'hashchange' ? late(hear) : hear, more);
    }) as typeof window.addEventListener;
  }, lateMs);
}
