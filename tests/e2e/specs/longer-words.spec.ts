// Every word 40 % longer, as in other languages: nothing overflows the page or is squeezed.
import type { Page } from '@playwright/test';
import { laidOut } from '../harness/layout';
import { open } from '../harness/policy';
import { signIn } from '../harness/sign-in';
import { test } from '../harness/test';
import { views } from '../harness/views';

const WIDTHS = [360, 768, 960, 1280];

/** Lengthens the page's own words; names and what people wrote stay. Runs in the page. */
function lengthen() {
  const walk = document.createTreeWalker(document.querySelector('#app') ?? document.body, NodeFilter.SHOW_TEXT);
  const texts: Text[] = [];
  while (walk.nextNode()) texts.push(walk.currentNode as Text);
  for (const text of texts) {
    const isName = /\w\.\w/.test(text.data); // of a permission or a file
    if (isName || text.parentElement?.closest('[translate=no], .user-text, bdi, pre, code, svg, time')) continue;
    text.data = text.data.replace(/[A-Za-z]{2,}/g, (word) => word + 'ëñëñëñëñëñ'.slice(0, Math.round(word.length * 0.4)));
  }
}

async function holds(page: Page) {
  await page.evaluate(lengthen);
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 900 });
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
    await laidOut(page, `at ${width} px`);
  }
}

for (const [name, person, address, ready] of views) {
  test(`${name} with longer words`, async ({ page }) => {
    await signIn(page, person, address);
    await ready(page);
    await holds(page);
  });
}

test('a policy with longer words, in each of its tabs', async ({ page, tenant }) => {
  await open(page, tenant);
  for (const [tab, part] of [
    ['activation', page.getByRole('checkbox', { name: 'Require ticket information on activation' })],
    ['assignment', page.getByRole('checkbox', { name: 'Allow permanent eligible assignment' })],
    ['notification', page.locator('.mail-cell').first()],
  ] as const) {
    await page.evaluate((tab) => (location.hash = location.hash.replace(/[a-z]+$/, tab)), tab);
    await part.waitFor();
    await holds(page);
  }
});
