// Takes the screenshots: every scenario in both themes, wide and narrow, and in light as half a screen.
import { join, resolve } from 'node:path';
import { test } from '../harness/test';
import { scenarios } from './scenarios';

const folder = resolve(import.meta.dirname, '../../../screens');

for (const { name, show } of scenarios) {
  for (const colorScheme of ['light', 'dark'] as const) {
    for (const width of colorScheme === 'light' ? [1280, 960, 360] : [1280, 360]) {
      test.describe(`${name}, ${colorScheme}, ${width} px`, () => {
        test.use({ colorScheme, viewport: { width, height: width === 360 ? 740 : 800 }, reducedMotion: 'reduce' });
        test('picture', async ({ page, tenant, watch }) => {
          watch.allow(/./); // a screenshot of an error is not an error
          await show(page, tenant);
          // As high as the page, so that what sticks to the bottom of the window is at the bottom of the screenshot.
          const height = await page.evaluate(() => document.documentElement.scrollHeight);
          await page.setViewportSize({ width, height: Math.max(height, page.viewportSize()?.height ?? 0) });
          await page.screenshot({ path: join(folder, `${name}-${colorScheme}-${width}.png`), fullPage: true });
        });
      });
    }
  }
}
