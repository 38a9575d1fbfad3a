// What pressing a button copies to the clipboard.
import { expect, type Page } from '@playwright/test';

/** What a press copies, without asking the browser for permission to read the clipboard. */
export async function copied(page: Page, press: () => Promise<void>): Promise<string> {
  await page.evaluate(() => {
    const kept = globalThis as unknown as { __copied?: string };
    kept.__copied = undefined;
    navigator.clipboard.writeText = async (text: string) => {
      kept.__copied = text;
    };
  });
  await press();
  const held = () => page.evaluate(() => (globalThis as unknown as { __copied?: string }).__copied ?? '');
  await expect.poll(held).not.toBe('');
  return held();
}
