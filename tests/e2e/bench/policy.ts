// Measures editing and saving a policy and prints the figures. The product's own limits: 16 ms from a keystroke to the
// painted count of changes at 4x CPU, and no more than two reads in addition to the three writes of a save of three
// rules.
import type { CDPSession, Locator, Page } from '@playwright/test';
import { APP, GRAPH } from '../harness/browser';
import { choosePerson } from '../harness/sign-in';
import { test as base } from '../harness/test';

const KEYS = 60;
const PAUSE_MS = 100;
const GROUP = 'Tier-0 Operators';

// Without waiting for the screen's next refresh, which depends on the screen, not the page.
const test = base.extend<object>({
  launchOptions: [
    async ({ launchOptions }, use) =>
      use({ ...launchOptions, args: [...(launchOptions.args ?? []), '--disable-frame-rate-limit', '--disable-gpu-vsync'] }),
    { scope: 'worker' },
  ],
});

const at = (figures: number[], part: number) => figures.toSorted((a, b) => a - b)[Math.min(figures.length - 1, Math.floor(figures.length * part))];
const rounded = (figure: number) => Math.round(figure * 10) / 10;

async function open(page: Page, route: string) {
  await page.goto(APP + route);
  await page.getByRole('button', { name: 'Sign in with Microsoft' }).click();
  await choosePerson(page, 'ana');
  await page.getByRole('checkbox', { name: 'Require ticket information on activation' }).waitFor();
}

/** Records for every key how long it took until the bar had another count and was painted. */
async function watchKeys(page: Page) {
  await page.evaluate(() => {
    const took: { dom: number; painted: number }[] = [];
    Object.assign(window, { took });
    // Everything for measuring is ready before a key is pressed: it would take about two milliseconds at 4x CPU.
    let pressed = 0;
    let dom = 0;
    const { port1, port2 } = new MessageChannel();
    // A task that follows the next frame runs once that frame is painted.
    port1.onmessage = () => took.push({ dom, painted: performance.now() - pressed });
    document.addEventListener('keydown', ({ timeStamp }) => (pressed = timeStamp), { capture: true });
    const text = document.querySelector('.action-bar :is(p, b)');
    if (!text) throw new Error('no count');
    new MutationObserver(() => {
      dom = performance.now() - pressed;
      requestAnimationFrame(() => port2.postMessage(null));
    }).observe(text, { subtree: true, childList: true, characterData: true });
  });
}

/** Types and returns p50 and p95 of the figures, once at each speed. */
async function type(page: Page, session: CDPSession, cpu: number, field: Locator, texts: [string, string]): Promise<Figures> {
  await session.send('Emulation.setCPUThrottlingRate', { rate: cpu });
  await page.evaluate(() => void (window as unknown as { took: unknown[] }).took.splice(0));
  const input = await field.elementHandle();
  for (let key = 0; key < KEYS; key += 1) {
    await input?.evaluate((input: HTMLInputElement) => {
      input.focus();
      input.select();
    });
    // Nobody types while the selection is still being painted.
    await page.waitForTimeout(PAUSE_MS);
    // Held down longer than painting takes, as by a finger: the key release is another event.
    await page.keyboard.press(texts[key % 2], { delay: PAUSE_MS });
    // Waits instead of polling: a poll in every frame would be measured too.
    await page.waitForTimeout(PAUSE_MS);
  }
  await session.send('Emulation.setCPUThrottlingRate', { rate: 1 });
  const took = await page.evaluate(() => (window as unknown as { took: { dom: number; painted: number }[] }).took);
  if (took.length !== KEYS) throw new Error(`${took.length} of ${KEYS} keys changed the count`);
  const [dom, painted] = [took.map((one) => one.dom), took.map((one) => one.painted)];
  return { dom: [at(dom, 0.5), at(dom, 0.95)], painted: [at(painted, 0.5), at(painted, 0.95)] };
}

interface Figures {
  dom: number[];
  painted: number[];
}

// Much of the time is due to the browser and the machine: a page with only a field and a count shows how much.
const BARE = '<input><section class="action-bar"><b>0</b></section>';

test('from a keystroke to the painted count of changes', async ({ page, tenant, context }) => {
  const { id } = await tenant.group(GROUP);
  await open(page, `#/groups/${id}/member/activation`);
  await page.getByRole('checkbox', { name: 'Require ticket information on activation' }).check();
  const hours = page.getByRole('group', { name: 'Activation maximum duration (hours)' }).locator('input').first();
  // One change and two in turn: the field has another value, then the stored one.
  const texts: [string, string] = ['2', await hours.inputValue()];
  await watchKeys(page);
  const bare = await context.newPage();
  await bare.setContent(BARE);
  await bare.evaluate(() => {
    const count = document.querySelector('.action-bar b');
    let keys = 0;
    document.querySelector('input')?.addEventListener('input', () => {
      if (count) count.textContent = String((keys += 1));
    });
  });
  await watchKeys(bare);
  const rows = [];
  for (const cpu of [1, 4]) {
    const of = async (page: Page, field: Locator) => {
      await page.bringToFront();
      return type(page, await page.context().newCDPSession(page), cpu, field, texts);
    };
    const [ours, floor] = [await of(page, hours), await of(bare, bare.locator('input'))];
    const row = (what: string, { dom, painted }: Figures) => ({
      condition: `${cpu}x CPU, ${what}`,
      'count changed p50, ms': rounded(dom[0]),
      'p95, ms': rounded(dom[1]),
      'painted p50, ms': rounded(painted[0]),
      'painted p95, ms': rounded(painted[1]),
    });
    rows.push(row('this page', ours), row('a bare field', floor));
    console.log(`${cpu}x CPU: this page adds ${rounded(ours.painted[0] - floor.painted[0])} ms to a bare field (p50, painted)`);
  }
  console.log(`\nkeystroke to the count of changes, ${KEYS} keys (limit: 16 ms at 4x CPU)`);
  console.table(rows);
});

test('requests of a save of three rules', async ({ page, tenant }) => {
  const { id } = await tenant.group(GROUP);
  await open(page, `#/groups/${id}/member/activation`);
  await page.getByRole('checkbox', { name: 'Require ticket information on activation' }).check();
  await page.getByRole('group', { name: 'Activation maximum duration (hours)' }).locator('input').first().fill('2');
  await page.getByRole('link', { name: 'Assignment' }).click();
  await page.getByRole('checkbox', { name: 'Require multifactor authentication on active assignment' }).check();
  await page.getByRole('button', { name: 'Review changes' }).click();
  const save = page.getByRole('button', { name: 'Save 3 changes', disabled: false });
  await save.waitFor();
  await tenant.clearLog();
  const began = Date.now();
  await save.click();
  await page.getByRole('dialog').getByText('3 of 3 rules verified.').waitFor();
  const took = Date.now() - began;
  // The inbox is read in the background too, and a token for writing is requested.
  const log = (await tenant.log()).filter(
    ({ method, url, body }) => method !== 'OPTIONS' && url.startsWith(GRAPH) && (url + body).includes('roleManagementPolic'),
  );
  const count = (wanted: (method: string) => boolean) => log.filter(({ method }) => wanted(method)).length;
  const reads = count((method) => method !== 'PATCH');
  console.log(`\na save of three rules, from Save to verified: ${count((method) => method === 'PATCH')} writes, ${reads} reads (limit 2), ${took} ms`);
});
