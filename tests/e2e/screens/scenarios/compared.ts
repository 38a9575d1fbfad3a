// Policies side by side, in plain words, and for other tools.
import { expect } from '@playwright/test';
import { signIn } from '../../harness/sign-in';
import type { Scenario } from '../scenario';
import { GROUP, change, open } from './policies';

const side = (name: string, query: (id: string) => string): Scenario => ({
  name,
  show: async (page, tenant) => {
    const { id } = await tenant.group(GROUP);
    await signIn(page, 'ana', `#/compare?${query(id)}`);
    await expect(page.getByRole('heading', { level: 1, name: 'Compare policies' })).toBeVisible();
    await expect(page.locator('.skeleton')).toHaveCount(0);
  },
});

export const compared: Scenario[] = [
  side('compare', (id) => `left=groups/${id}/member&right=groups/${id}/owner`),
  side('compare-all', (id) => `left=groups/${id}/member&right=groups/${id}/owner&show=all`),
  side('compare-same', (id) => `left=groups/${id}/member&right=groups/${id}/member`),
  side('compare-pick', (id) => `left=groups/${id}/member`),
  side('compare-error', (id) => `left=groups/${id}/member&right=groups/00000000-0000-4000-8000-00000000dead/member`),
  {
    name: 'policy-export',
    show: async (page, tenant) => {
      await open(page, tenant);
      await page.getByRole('button', { name: 'Copy or print policy…' }).click();
      await expect(page.getByRole('dialog')).toContainText('"rules"');
    },
  },
  {
    name: 'review-calls',
    show: async (page, tenant) => {
      await open(page, tenant);
      await change(page);
      await page.getByRole('button', { name: 'Review changes' }).click();
      const review = page.getByRole('dialog', { name: /^Review/ });
      await review.getByText('In plain words').click();
      await review.getByText('Graph calls').click();
      await expect(review.locator('pre')).toContainText('PATCH');
    },
  },
  {
    name: 'policy-print',
    show: async (page, tenant) => {
      await open(page, tenant);
      await page.evaluate(() => {
        window.print = () => {};
      });
      await page.getByRole('button', { name: 'Copy or print policy…' }).click();
      await page.getByRole('button', { name: 'Print members and owners' }).click();
      await expect(page.locator('.print-sheets')).toHaveCount(1);
      await page.emulateMedia({ media: 'print' });
    },
  },
];
