// A file that a button saves.
import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';

/** Presses the button and returns the text of the file. */
export async function saved(page: Page, button: string): Promise<string> {
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: button, exact: true }).click();
  return readFileSync(await (await download).path(), 'utf8');
}
