// The same files in any folder of any host, without rewrite rules.
import { chromium } from '@playwright/test';
import { launchOptions } from '../harness/browser';
import { Tenant } from '../harness/tenant';
import { expect, test } from '../harness/test';

const HOST = 'https://pim.example.test';

for (const base of ['/', '/repo/', '/a/b/']) {
  test(`served from ${base}`, async () => {
    const tenant = await Tenant.start(['--base', base, '--redirect-uri', HOST + base]);
    const browser = await chromium.launch(launchOptions(tenant.port));
    try {
      const page = await browser.newPage();
      const outside: string[] = [];
      page.on('request', (request) => {
        const { origin, pathname } = new URL(request.url());
        if (origin === HOST && !pathname.startsWith(base)) outside.push(pathname);
      });
      await page.goto(`${HOST}${base}#/help`);
      await page.getByRole('button', { name: /^sign in/i }).click();
      await page.locator('button[name=person][value=ana]').click();
      const help = page.getByRole('heading', { level: 1, name: 'Help' });
      const accept = page.getByRole('button', { name: 'Accept', exact: true });
      await Promise.race([help.waitFor(), accept.waitFor().then(() => accept.click())]);
      await expect(help).toBeVisible();
      const { id } = await tenant.group('Tier-0 Operators');
      const address = `${HOST}${base}#/groups/${id}/member/activation`;
      const setting = page.getByRole('checkbox', { name: 'Require ticket information on activation' });
      await page.goto(address);
      await expect(setting).toBeVisible();
      await page.reload();
      await expect(setting).toBeVisible();
      expect(page.url()).toBe(address);
      await page.goto(`${HOST}${base}#/nowhere`);
      await expect(page.getByRole('heading', { level: 1, name: 'There is no page at this address' })).toBeVisible();
      expect(outside).toEqual([]);
    } finally {
      await browser.close();
      tenant.stop();
    }
  });
}
