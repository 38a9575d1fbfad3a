// The accessibility check: every rule on, none disabled; what axe cannot judge is measured.
import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import { measured, unexplained } from './measured';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

// A look at everything takes seconds on a slow machine, which are not those of what is tested.
const LOOK_MS = 10_000;

/** Fails with one line a violation. */
export async function axe(page: Page) {
  test.info().setTimeout(test.info().timeout + LOOK_MS);
  // Legacy mode puts the results together in the page itself; otherwise a second page is opened for that, at half a second
  // each time, for the sake of frames, which this page has none of.
  const { violations, incomplete } = await new AxeBuilder({ page })
    .setLegacyMode()
    .options({ runOnly: { type: 'tag', values: TAGS }, rules: { 'target-size': { enabled: true } } })
    .analyze();
  const told = violations.flatMap(({ id, help, nodes }) => nodes.map((node) => `${id}: ${help}: ${node.html}`));
  expect(told, `axe on ${page.url()}`).toEqual([]);
  const open = incomplete.flatMap(({ id, nodes }) => nodes.map((node) => ({ id, target: String(node.target[0]) })));
  expect(await page.evaluate(measured, open), `not judged by axe on ${page.url()}`).toEqual([]);
  expect(await page.evaluate(unexplained), `disabled without a reason on ${page.url()}`).toEqual([]);
}

/** What makes the page wider than the window, if it is: run in the page. */
function sticksOut(): string[] {
  if (document.documentElement.scrollWidth <= innerWidth) return [];
  const wide = [...document.querySelectorAll('body *')].filter((element) => element.getBoundingClientRect().right > innerWidth + 0.5);
  const inner = wide.filter((element) => !wide.some((other) => other !== element && element.contains(other)));
  return inner.map((element) => element.outerHTML.slice(0, 200));
}

const LOOKS = [{ colorScheme: 'light' }, { colorScheme: 'dark' }, { forcedColors: 'active' }] as const;

/** The same in light, dark and forced colours, wide and narrow, where nothing may stand out sideways either. */
export async function axeInAllLooks(page: Page) {
  const size = page.viewportSize();
  for (const width of [1280, 320]) {
    await page.setViewportSize({ width, height: 800 });
    for (const look of LOOKS) {
      await page.emulateMedia({ colorScheme: null, forcedColors: null, ...look });
      await axe(page);
    }
    expect(await page.evaluate(sticksOut), `beyond ${width} px on ${page.url()}`).toEqual([]);
  }
  await page.emulateMedia({ colorScheme: null, forcedColors: null });
  if (size) await page.setViewportSize(size);
}
