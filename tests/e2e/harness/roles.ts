// The installation that asks for what Entra roles need.
import type { Page } from '@playwright/test';
import { CONFIG } from './tenant';

/** Serves a configuration with `entraRoles`; call it before the page is opened. */
export async function withRoles(page: Page) {
  await page.route('**/config.json', (route) => route.fulfill({ json: { ...CONFIG, entraRoles: true } }));
}
