// Where the cells of the matrix stand: below their heads, and never half beside a name.
import type { Page } from '@playwright/test';
import { signIn } from '../harness/sign-in';
import { expect, test } from '../harness/test';

async function open(page: Page, route: string) {
  await signIn(page, 'ana', route);
  await expect(page.getByText(/^Read at/)).toBeVisible({ timeout: 20_000 });
}

test('columns that stay in place have their words right below the words of their heads', async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 800 });
  await open(page, '#/matrix?freeze=1');
  const held = await page.evaluate(() => {
    const words = (element: Element | null) => {
      const range = document.createRange();
      if (element) range.selectNodeContents(element);
      return range.getBoundingClientRect().left;
    };
    const cells = [...document.querySelectorAll('.grid tbody tr:first-child td')];
    return [...document.querySelectorAll('.grid-heads th')].slice(2).map((head, at) => {
      return { head: words(head.querySelector('.grid-label')), cell: words(cells[at + 1]) };
    });
  });
  expect(held.length).toBeGreaterThan(10);
  for (const { head, cell } of held) expect(Math.abs(head - cell)).toBeLessThan(3);
});

test('on a phone the table rests with a whole column beside the names, and names can be read', async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await open(page, '#/matrix');
  const frame = page.locator('.grid-frame');
  const beside = () =>
    frame.evaluate((frame) => {
      const row = frame.querySelector('tbody tr');
      const edge = row?.querySelector('.name')?.getBoundingClientRect().right ?? 0;
      return [...(row?.querySelectorAll('td:not(.stuck)') ?? [])].map((cell) => cell.getBoundingClientRect().left - edge);
    });
  for (const px of [57, 170, 333, 620]) {
    await frame.evaluate((frame, px) => frame.scrollTo({ left: px, behavior: 'instant' }), px);
    await expect(async () => expect((await beside()).some((left) => Math.abs(left) < 1)).toBe(true)).toPass();
  }
  const name = page.getByRole('rowheader').first();
  const [word, note] = await Promise.all([name.locator('a').boundingBox(), name.locator('.grid-note').boundingBox()]);
  const row = await page.locator('.grid tbody tr').first().boundingBox();
  expect(word && note && word.y + word.height <= note.y + 1, 'one below the other').toBe(true);
  expect(note && row && note.y + note.height <= row.y + row.height, 'both in the row').toBe(true);
});

test('on a phone columns that stay in place on wide screens are the first beside the names', async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await open(page, '#/matrix?freeze=2');
  const frame = page.locator('.grid-frame');
  expect(await frame.evaluate((frame) => frame.scrollLeft)).toBe(0);
  const cell = page.locator('.grid tbody tr').first().locator('td.held').first();
  await expect(cell).toBeInViewport();
});
