import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Page, Request } from '@playwright/test';
import { axe } from '../harness/axe';
import { APP, GRAPH, LOGIN } from '../harness/browser';
import { installClock } from '../harness/clock';
import { hours, open } from '../harness/policy';
import { choosePerson, signIn } from '../harness/sign-in';
import { expect, test } from '../harness/test';
import type { Watch } from '../harness/watch';

/** The page as it was built. */
const BUILT = join(process.env.DIST ?? resolve(import.meta.dirname, '../../../dist'), 'index.html');

const STOPPED = 'PIM Desk could not start';

test('starts from a sub-path and leaves no trace of loading', async ({ page }) => {
  await page.goto(APP);
  await expect(page.locator('#app')).not.toBeEmpty();
  await expect(page.locator('#boot')).toBeHidden();
  await expect(page.locator('#stopped')).toBeHidden();
  await axe(page);
});

test('fetches every file once', async ({ page }) => {
  const fetched: string[] = [];
  const noted: Promise<void>[] = [];
  const note = async (request: Request) => {
    const response = await request.response();
    if (!(await response?.serverAddr())) return;
    // The browser requests the icon whenever the title changes; the configuration is fetched again if the program comes
    // late.
    if (!/\.svg$|\/config\.json$/.test(request.url())) fetched.push(new URL(request.url()).pathname);
  };
  const onFinished = (request: Request) => noted.push(note(request));
  page.on('requestfinished', onFinished);
  await page.goto(APP);
  await expect(page.locator('#app')).not.toBeEmpty();
  // Requests that finish from here on would be inspected while the page closes, and fail the next test.
  page.off('requestfinished', onFinished);
  await Promise.all(noted);
  expect(fetched.filter((path, at) => fetched.indexOf(path) !== at)).toEqual([]);
});

test('keeps the route while it starts', async ({ page }) => {
  await page.goto(`${APP}#/approvals`);
  await expect(page.locator('#app')).not.toBeEmpty();
  expect(new URL(page.url()).hash).toBe('#/approvals');
});

test('tells when the program is blocked', async ({ page, watch }) => {
  watch.allow(/Failed to load resource/, /ERR_FAILED/);
  await page.route('**/*.wasm', (route) => route.abort());
  await page.goto(APP);
  await expect(page.getByRole('heading', { name: STOPPED })).toBeFocused();
  await expect(page.getByRole('alert')).toContainText('could not be loaded');
  await axe(page);
});

test('tells when the program was changed, and does not run it', async ({ page, watch }) => {
  watch.allow(/integrity/i);
  const anotherProgram = Buffer.from([0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00]);
  await page.route('**/*.wasm', (route) => route.fulfill({ contentType: 'application/wasm', body: anotherProgram }));
  await page.goto(APP);
  await expect(page.getByRole('heading', { name: STOPPED })).toBeVisible();
  await expect(page.locator('#app')).toBeEmpty();
});

test('reloads once for a file that is gone, then tells', async ({ page, watch }) => {
  watch.allow(/404/, /Failed to load resource/);
  let asked = 0;
  await page.route('**/*.wasm', (route) => route.fulfill({ status: 404, body: 'gone' }));
  page.on('request', (request) => {
    if (request.isNavigationRequest()) asked += 1;
  });
  await page.goto(`${APP}#/groups`);
  await expect(page.getByRole('alert')).toContainText('not on the server (status 404)');
  expect(asked).toBe(2);
  expect(new URL(page.url()).hash).toBe('#/groups');
});

test('comes back by itself after a release replaced the files', async ({ page, watch }) => {
  watch.allow(/404/, /Failed to load resource/);
  let first = true;
  await page.route('**/*.wasm', async (route) => {
    if (!first) return route.continue();
    first = false;
    return route.fulfill({ status: 404, body: 'gone' });
  });
  await page.goto(APP);
  await expect(page.locator('#app')).not.toBeEmpty();
});

const complaints = [/404/, /Failed to load resource/, /digest|integrity/i, /preloaded using link preload but not used/];

for (const file of ['boot-*.js', 'style-*.css']) {
  test(`comes back by itself where ${file} is of an older release`, async ({ page, watch }) => {
    watch.allow(...complaints);
    let gone = 0;
    await page.route(`**/${file}`, (route) => {
      gone += 1;
      return gone === 1 ? route.fulfill({ status: 404, body: 'gone' }) : route.continue();
    });
    await page.goto(`${APP}#/approvals`, { waitUntil: 'commit' });
    await expect.poll(() => gone).toBe(2);
    await expect(page.locator('#app')).not.toBeEmpty();
    await expect(page.locator('#stopped')).toBeHidden();
    expect(new URL(page.url()).hash).toBe('#/approvals');
  });

  test(`tells where ${file} stays gone, after one try`, async ({ page, watch }) => {
    watch.allow(...complaints);
    let asked = 0;
    page.on('request', (request) => {
      if (request.isNavigationRequest()) asked += 1;
    });
    await page.route(`**/${file}`, (route) => route.fulfill({ status: 404, body: 'gone' }));
    await page.goto(APP, { waitUntil: 'commit' });
    await expect(page.getByRole('heading', { name: STOPPED })).toBeVisible();
    await expect(page.getByRole('alert')).toContainText('A file of this version could not be loaded.');
    expect(asked).toBe(2);
    await page.unroute(`**/${file}`);
    await page.getByRole('button', { name: 'Reload' }).click();
    await expect(page.locator('#app')).not.toBeEmpty();
  });
}

test('a foreign file that is blocked neither reloads nor stops the page', async ({ page, watch }) => {
  watch.allow(/elsewhere\.example/);
  let asked = 0;
  page.on('request', (request) => {
    if (request.isNavigationRequest()) asked += 1;
  });
  const body = `${readFileSync(BUILT, 'utf8')}<script src="https://elsewhere.example/x.js"></script>`;
  await page.route(APP, (route) => route.fulfill({ contentType: 'text/html; charset=utf-8', body }));
  await page.goto(APP);
  await expect(page.locator('#app')).not.toBeEmpty();
  await page.evaluate(
    () =>
      new Promise<void>((done) => {
        const href = 'https://elsewhere.example/x.css';
        document.head.append(Object.assign(document.createElement('link'), { rel: 'stylesheet', href, onerror: () => done() }));
      }),
  );
  await expect(page.locator('#app')).toBeVisible();
  await expect(page.locator('#stopped')).toBeHidden();
  expect(await page.evaluate(() => sessionStorage.getItem('pim-desk.reloaded'))).toBeNull();
  expect(asked).toBe(1);
});

test.describe('with a style sheet of an extension before the page’s own', () => {
  test.use({ bypassCSP: true }); // as an extension's files do

  test('the page starts, and takes itself for no older than it is', async ({ page, watch }) => {
    watch.allow(/elsewhere\.example/);
    await installClock(page);
    await page.route('https://elsewhere.example/x.css', (route) => route.fulfill({ contentType: 'text/css', body: '.x { color: red }' }));
    const foreign = '<link rel="stylesheet" href="https://elsewhere.example/x.css">';
    const body = readFileSync(BUILT, 'utf8').replace(/<link[^>]*rel="?stylesheet/, `${foreign}$&`);
    expect(body).toContain(foreign);
    await page.route(APP, (route) => route.fulfill({ contentType: 'text/html; charset=utf-8', body }));
    await page.goto(APP);
    await expect(page.getByRole('button', { name: 'Sign in with Microsoft' })).toBeVisible();
    await expect(page.locator('#stopped')).toBeHidden();
    await page.unroute(APP);
    const looked = page.waitForResponse(APP);
    await page.clock.fastForward(31 * 60_000);
    await (await looked).finished();
    await expect(page.locator('.toast', { hasText: 'A newer version of PIM Desk is available.' })).toHaveCount(0);
  });
});

test('tells when the browser has no WebAssembly', async ({ page }) => {
  await page.addInitScript(() => Reflect.deleteProperty(globalThis, 'WebAssembly'));
  await page.goto(APP);
  await expect(page.getByRole('alert')).toContainText('no WebAssembly');
});

test('a crash shows a panel outside the app, with details to copy', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.goto(`${APP}#/approvals`);
  await expect(page.locator('#app')).not.toBeEmpty();
  await page.evaluate(() => {
    const { __pimDeskStopped } = globalThis as unknown as { __pimDeskStopped: (message: string) => void };
    __pimDeskStopped('index out of bounds');
  });
  await expect(page.getByRole('heading', { name: 'PIM Desk stopped' })).toBeFocused();
  await expect(page.locator('#app')).toBeHidden();
  await axe(page);
  await page.getByRole('button', { name: 'Copy details' }).click();
  const details = () => page.evaluate(() => navigator.clipboard.readText());
  await expect.poll(details).toContain('Message: index out of bounds');
  expect(await details()).toContain('Route: #/approvals');
});

test('a crash under an open dialog leaves the panel usable', async ({ page }) => {
  await signIn(page, 'ana', '#/groups');
  await expect(page.getByRole('heading', { level: 1, name: 'Groups' })).toBeVisible();
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog')).toBeVisible();
  await page.evaluate(() => {
    const { __pimDeskStopped } = globalThis as unknown as { __pimDeskStopped: (message: string) => void };
    __pimDeskStopped('index out of bounds');
  });
  await expect(page.getByRole('heading', { name: 'PIM Desk stopped' })).toBeFocused();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await page.keyboard.press('Tab');
  await expect(page.getByRole('button', { name: 'Reload' })).toBeFocused();
  await page.getByText('Details', { exact: true }).click();
  await expect(page.locator('#stopped-details')).toBeVisible();
});

test('never copies an authorization answer into the details', async ({ page, watch }) => {
  watch.allow(/Failed to load resource/, /ERR_FAILED/);
  await page.route('**/*.wasm', (route) => route.abort());
  await page.goto(`${APP}#code=secret-code&state=x`);
  await expect(page.getByRole('heading', { name: STOPPED })).toBeVisible();
  await expect(page.locator('#stopped-details')).not.toContainText('secret-code');
  // If the program never runs, the start script alone keeps the code out of the address bar.
  await expect(page).toHaveURL(APP);
  expect(await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]))).not.toContain('secret-code');
});

for (const files of [['*.wasm'], ['style-*.css'], ['style-*.css', '*.wasm']]) {
  const named = files.join(' and ');
  test(`an answer outlasts the reload for a newer release of ${named}, and is nowhere once it is taken`, async ({ page, watch }) => {
    watch.allow(...complaints);
    await page.goto(`${APP}#/approvals`);
    await page.getByRole('button', { name: /^sign in/i }).click();
    await page.waitForURL(`${LOGIN}/**`); // until then, the page that is left may be loading files
    const old = new Set(files);
    for (const file of files) {
      await page.route(`**/${file}`, (route) => (old.delete(file) ? route.fulfill({ status: 404, body: 'gone' }) : route.continue()));
    }
    await choosePerson(page, 'ana');
    await expect(page.getByRole('heading', { level: 1, name: 'Approvals' })).toBeVisible();
    await expect(page).toHaveURL(`${APP}#/approvals`);
    expect(old.size).toBe(0);
    expect(await page.evaluate(() => '__pimDeskFragment' in globalThis)).toBe(false);
  });
}

/** Signs in with an extra that was requested, and comes back to a program that does not load. */
async function comeBackInVain(page: Page, watch: Watch) {
  watch.allow(/Failed to load resource/, /ERR_FAILED/);
  await page.goto(`${APP}#/approvals`);
  await page.evaluate(() => localStorage.setItem('pim-desk.wanted', 'checks'));
  await page.getByRole('button', { name: /^sign in/i }).click();
  await page.waitForURL(`${LOGIN}/**`);
  await page.route('**/*.wasm', (route) => route.abort());
  await choosePerson(page, 'ana');
  await expect(page.getByRole('heading', { name: STOPPED })).toBeVisible();
  await expect(page).toHaveURL(APP);
  await page.unroute('**/*.wasm');
}

/** The extras that this browser wants, and those that this tab does without. */
const extras = (page: Page) =>
  page.evaluate(() => [localStorage.getItem('pim-desk.wanted'), sessionStorage.getItem('pim-desk.no-extras') ?? '']);

test('an answer outlasts a reload from the panel', async ({ page, watch }) => {
  await comeBackInVain(page, watch);
  await page.getByRole('button', { name: 'Reload' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Approvals' })).toBeVisible();
  await expect(page).toHaveURL(`${APP}#/approvals`);
  expect(await extras(page)).toEqual(['checks', '']);
});

test('an answer that no program took costs nothing of what was wanted', async ({ page, watch }) => {
  await comeBackInVain(page, watch);
  await page.reload();
  await expect(page.getByRole('button', { name: /^sign in/i })).toBeVisible();
  expect(await extras(page)).toEqual(['checks', '']);
});

test('an answer that came while config.json did not costs nothing of what was wanted', async ({ page, watch }) => {
  watch.allow(/503/, /Failed to load resource/);
  await page.goto(`${APP}#/approvals`);
  await page.evaluate(() => localStorage.setItem('pim-desk.wanted', 'checks'));
  await page.getByRole('button', { name: /^sign in/i }).click();
  await page.route('**/config.json', (route) => route.fulfill({ status: 503, body: 'later' }));
  await choosePerson(page, 'ana');
  await expect(page.getByRole('heading', { level: 1, name: 'Set up PIM Desk' })).toBeVisible();
  await page.unroute('**/config.json');
  await page.reload();
  await expect(page.getByRole('button', { name: /^sign in/i })).toBeVisible();
  expect(await extras(page)).toEqual(['checks', '']);
});

test('going back from the sign-in page costs nothing of what was wanted in other tabs', async ({ page }) => {
  await page.goto(`${APP}#/approvals`);
  const signsIn = page.getByRole('button', { name: /^sign in/i });
  await expect(signsIn).toBeVisible();
  await page.evaluate(() => localStorage.setItem('pim-desk.wanted', 'checks'));
  await signsIn.click();
  await page.waitForURL(`${LOGIN}/**`);
  await page.goBack();
  await expect(signsIn).toBeVisible();
  await expect.poll(() => extras(page)).toEqual(['checks', 'checks']);
});

test('what this tab does without can be given up in this browser', async ({ page }) => {
  await page.goto(`${APP}#/approvals`);
  const signsIn = page.getByRole('button', { name: /^sign in/i });
  await expect(signsIn).toBeVisible();
  await page.evaluate(() => {
    localStorage.setItem('pim-desk.wanted', 'role-requests,role-policies,checks');
    sessionStorage.setItem('pim-desk.no-extras', 'role-requests,role-policies,checks');
  });
  await signsIn.click();
  await choosePerson(page, 'ana');
  await expect(page.getByRole('heading', { level: 1, name: 'Approvals' })).toBeVisible();
  await page.goto(`${APP}#/roles`);
  await expect(page.getByRole('button', { name: 'Show Entra roles' })).toBeVisible();
  const stops = page.getByRole('button', { name: /^Stop asking/ });
  await stops.click();
  await expect(stops).toHaveCount(0);
  await expect.poll(() => extras(page)).toEqual(['role-requests,checks', 'role-requests,role-policies,checks']);
  await page.goto(`${APP}#/help`);
  await page.getByRole('button', { name: 'Stop asking for role requests' }).click();
  await page.getByRole('button', { name: 'Stop asking for extra checks' }).click();
  await expect(stops).toHaveCount(0);
  await expect.poll(() => extras(page)).toEqual(['', 'role-requests,role-policies,checks']);
});

test('does not run inside another page, also where the host sends no headers', async ({ page, watch }) => {
  // The program is preloaded by a link in the page, and not used then.
  watch.allow(/preloaded using link preload but not used/);
  // As a host without headers serves it: only the start script can still refuse.
  await page.route(APP, (route) => route.fulfill({ contentType: 'text/html; charset=utf-8', path: BUILT }));
  await page.route(`${GRAPH}/frame`, (route) =>
    route.fulfill({ contentType: 'text/html', body: `<!doctype html><title>frame</title><iframe src="${APP}"></iframe>` }),
  );
  await page.goto(`${GRAPH}/frame`);
  const frame = page.frameLocator('iframe');
  await expect(frame.getByText('PIM Desk does not run inside another page')).toBeVisible();
  await expect(frame.locator('#app')).toBeEmpty();
  await expect(frame.locator('#boot')).toBeHidden();
});

test('keeps the chosen theme before anything is drawn', async ({ page }) => {
  await page.addInitScript(() => localStorage.setItem('pim-desk.theme', 'dark'));
  await page.goto(APP);
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
});

test('says what it is where JavaScript is off', async ({ browser }) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(APP);
  await expect(page.locator('noscript main')).toBeVisible();
  await expect(page.locator('#boot')).toBeHidden();
  await context.close();
});

test('a panic of the program shows the panel, and a reload brings back what was typed', async ({ page, tenant, watch }) => {
  watch.allow(/panicked|unreachable|no element/);
  await open(page, tenant);
  await hours(page).fill('2');
  await expect(page.getByText('1 change', { exact: true })).toBeVisible();
  // The program unwraps the elements that it creates, so this makes it panic. Playwright needs the same functions, so
  // they are restored soon.
  await page.evaluate(async () => {
    const kept = [Document.prototype.createElement, Node.prototype.cloneNode] as const;
    const refuse = () => {
      throw new Error('no element');
    };
    Document.prototype.createElement = refuse as never;
    Node.prototype.cloneNode = refuse as never;
    // Typed just before, so that something is still to come that guards the page.
    const field = document.querySelector<HTMLInputElement>('.setting input')!;
    field.value = '3';
    field.dispatchEvent(new InputEvent('input', { bubbles: true }));
    document.querySelector<HTMLElement>('a[href$="/assignment"]')?.click();
    for (let turn = 0; turn < 10 && document.querySelector<HTMLElement>('#stopped')!.hidden; turn += 1) {
      await new Promise((done) => setTimeout(done, 1000));
    }
    Document.prototype.createElement = kept[0];
    Node.prototype.cloneNode = kept[1];
  });
  await expect(page.getByRole('heading', { name: 'PIM Desk stopped' })).toBeFocused();
  await expect(page.locator('#stopped-details')).toContainText('unwrap()');
  await expect(page.locator('#stopped-details')).not.toContainText('/root/');
  const asked: string[] = [];
  page.on('dialog', (dialog) => {
    asked.push(dialog.type());
    void dialog.accept();
  });
  await page.getByRole('button', { name: 'Reload' }).click();
  await expect(page.getByText('Your unsaved changes are back')).toBeVisible();
  await page.getByRole('link', { name: /^Activation/ }).first().click();
  await expect(hours(page)).toHaveValue('3');
  expect(asked).toEqual([]);
});
