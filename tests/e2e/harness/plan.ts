// The plan of a change of many policies.
import type { Page } from '@playwright/test';

/** The plan. */
export const plan = (page: Page) => page.getByRole('region', { name: 'The plan' });

/** Presses the button that sends, and confirms where asked; ends when the plan is under way. */
export async function send(page: Page, name: RegExp) {
  await plan(page).getByRole('button', { name }).click();
  const confirm = page.getByRole('dialog').getByRole('button', { name });
  const begun = plan(page).waitFor({ state: 'hidden' });
  await Promise.race([confirm.waitFor().then(() => confirm.click()), begun]);
  await begun;
}
