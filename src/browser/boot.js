// Starts the app: theme, fetch of the wasm with its hash checked, and a panel for every way this can fail.
// Runs as a plain script in the head, so that the theme is set before the first paint.
'use strict';
(() => {
  const SILENCE_MS = 10_000; // if nothing new arrives for this long before the app shows, a panel says so
  const PATIENCE_MS = 400; // a bar that only flashes is worse than none
  const CONFIG_MS = 5_000;
  const REST_MS = 1_500; // from the first page shown to loading the parts that other pages need
  const QUIET_MS = 400; // after this long without anything arriving, most pages have what they requested
  const RELEASE_MS = 30 * 60_000; // how often an open page checks for a newer version
  const STYLE_MS = 3_000; // how long the app waits for its style sheet
  const RELOADED = 'pim-desk.reloaded';
  const { src, dataset } = document.currentScript;
  const js = new URL(dataset.js, src).href;
  const wasm = new URL(dataset.wasm, src).href;
  const root = document.documentElement;

  // A fragment that is no route may hold an authorization answer: it leaves the address bar before anything is fetched. The
  // app takes it from here, once (src/browser/page.rs).
  const { hash } = location;
  const setAddress = (fragment) => {
    try {
      history.replaceState(null, '', location.pathname + location.search + fragment);
    } catch {} // the browser may refuse; the app then tries again
  };
  if (hash && !hash.startsWith('#/')) {
    globalThis.__pimDeskFragment = hash;
    setAddress('');
  }
  // If the program has not run, the answer is not used yet: put it back into the address for the page that loads next.
  const reload = () => {
    if (globalThis.__pimDeskFragment) setAddress(hash);
    delete globalThis.__pimDeskFragment;
    location.reload();
  };
  globalThis.__pimDeskReload = reload; // guard.js reloads by it too
  // Leaving in any other way loses the answer. What was remembered for it goes too: the next page would conclude that
  // the person turned back from the sign-in, and no longer ask for the extras.
  addEventListener('pagehide', ({ persisted }) => {
    if (persisted || !globalThis.__pimDeskFragment) return;
    try {
      sessionStorage.removeItem('pim-desk.pending');
    } catch {}
  });

  // A value in the tab's or the browser's storage; reading it throws if the browser forbids storage.
  const stored = (area, key) => {
    try {
      return globalThis[area].getItem(key);
    } catch {
      return null;
    }
  };

  const theme = stored('localStorage', 'pim-desk.theme');
  if (theme === 'light' || theme === 'dark') root.dataset.theme = theme;

  const element = (id) => document.getElementById(id);
  const settled = new Promise((done) => {
    if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', done, { once: true });
    else done();
  });

  /** A failure with a message for the person; `stale`: a file of this version no longer exists. */
  class Stopped extends Error {
    constructor(message, { stale = false, cause } = {}) {
      super(message, { cause });
      this.stale = stale;
    }
  }

  // Only routes are reported, never an authorization answer.
  const route = () => (location.hash.startsWith('#/') ? location.hash : '#/');

  // Which panel is shown: none, one that goes away once the app shows, or a final one.
  let panel = '';
  let takePanelAway = () => {};
  async function showPanel(title, text, technical, kind = 'last') {
    await settled;
    if (panel === 'last') return;
    panel = kind;
    const details = [
      `PIM Desk ${/-([0-9a-f]{8,})/.exec(js)?.[1] ?? 'unknown build'}, commit ${root.dataset.build ?? 'unknown'}`,
      `Route: ${route()}`,
      `Time: ${new Date().toISOString()}`,
      `Browser: ${navigator.userAgent}`,
      `Message: ${String(technical).slice(0, 2000)}`,
    ].join('\n');
    const before = document.title;
    const hide = (hidden) => {
      element('app').hidden = hidden;
      element('boot').hidden = hidden;
      element('stopped').hidden = !hidden;
    };
    takePanelAway = () => {
      panel = '';
      hide(false);
      if (document.title === shownTitle) document.title = before; // unless the app has set a title
    };
    hide(true);
    // An open dialog blocks everything outside it, even while hidden. Closing it would call into the program.
    for (const dialog of document.querySelectorAll('dialog[open]')) dialog.remove();
    element('stopped-title').textContent = title;
    element('stopped-text').textContent = text;
    element('stopped-details').textContent = details;
    element('stopped-reload').onclick = reload;
    element('stopped-copy').onclick = async (event) => {
      const button = event.currentTarget;
      try {
        await navigator.clipboard.writeText(details);
        button.textContent = 'Copied';
      } catch {
        element('stopped-details').closest('details').open = true;
        getSelection().selectAllChildren(element('stopped-details'));
        button.textContent = 'Press Ctrl+C to copy';
      }
    };
    const shownTitle = `${title} – PIM Desk`;
    document.title = shownTitle;
    element('stopped-title').focus();
  }

  /** The app's panic hook calls this: the wasm can no longer run. */
  globalThis.__pimDeskStopped = (message) =>
    showPanel('PIM Desk stopped', 'PIM Desk hit an error it cannot recover from. What was saved stays saved. Reload to continue.', message);

  // A page from the cache can name files that a newer release removed: fetch the page again, once.
  async function reloadOnce() {
    if (stored('sessionStorage', RELOADED)) return false;
    try {
      sessionStorage.setItem(RELOADED, '1');
      await fetch(location.pathname, { cache: 'reload' });
    } catch {
      return false;
    }
    reload();
    return true;
  }

  // Extensions and hosts add style sheets too, even before this one.
  const ownStyle = () => document.querySelector('link[rel=stylesheet][integrity]');

  // Waits until the style sheet has loaded or failed (guard.js handles that), but not for long.
  async function styled() {
    const link = ownStyle();
    if (link.sheet?.cssRules.length || globalThis.__pimDeskReloading) return;
    await new Promise((done) => {
      for (const end of ['load', 'error']) link.addEventListener(end, done, { once: true });
      setTimeout(done, STYLE_MS);
    });
  }

  async function showFailure(error) {
    if (globalThis.__pimDeskReloading) return; // by guard.js, which reports a failure
    if (error.stale && (await reloadOnce())) return;
    const message = error instanceof Stopped ? error.message : 'The program could not be started. Reload; if that does not help, tell the people who run PIM Desk here.';
    const cause = error.cause ?? error;
    await showPanel('PIM Desk could not start', message, `${error.message} (${cause.name}: ${cause.message})`);
  }

  async function get(address) {
    let response;
    try {
      // The same credentials and mode as the preload link, so that the file is fetched once.
      response = await fetch(address, { credentials: 'same-origin' });
    } catch (cause) {
      throw new Stopped('A file could not be loaded. Check the connection and any content blocker, then reload.', { cause });
    }
    if (response.ok && !/^text\/html/i.test(response.headers.get('content-type') ?? '')) return response;
    throw new Stopped(
      `A file of this version is not on the server (status ${response.status}). ` +
        'A newer version may just have been published, or the upload is incomplete. Reload in a minute.',
      { stale: true },
    );
  }

  // The app picks up this answer (src/browser/http.rs), so that the request does not wait until the program runs.
  globalThis.__pimDeskConfig = fetch(new URL('config.json', location.href), {
    cache: 'no-store',
    credentials: 'same-origin',
    redirect: 'error',
    referrerPolicy: 'no-referrer',
    signal: AbortSignal.timeout(CONFIG_MS),
  });
  globalThis.__pimDeskConfig.catch(() => {}); // the app asks again and reports it

  const started = performance.now();
  let lastSign = started;
  const noteSign = () => {
    lastSign = performance.now();
  };
  async function showProgress(received) {
    noteSign();
    if (lastSign - started < PATIENCE_MS) return;
    await settled;
    const bar = element('boot-progress');
    bar.hidden = false;
    bar.value = received;
    bar.max = Number(dataset.wasmBytes);
  }

  // Compiles while the bytes arrive, and returns the module only if their hash is the one that the build wrote into the
  // page. (`fetch` with `integrity` would hold everything back until the last byte.)
  async function compiled(address) {
    const response = await get(address);
    const chunks = [];
    let received = 0;
    const watched = new TransformStream({
      transform(chunk, controller) {
        chunks.push(chunk);
        received += chunk.length;
        showProgress(received);
        controller.enqueue(chunk);
      },
    });
    const body = new Response(response.body.pipeThrough(watched), { headers: { 'content-type': 'application/wasm' } });
    const compiling = WebAssembly.compileStreaming(body).then((module) => ({ module }), (cause) => ({ cause }));
    const { module, cause } = await compiling;
    noteSign();
    const bytes = await new Blob(chunks).arrayBuffer();
    const digest = new Uint8Array(await crypto.subtle.digest('SHA-384', bytes));
    if (`sha384-${btoa(String.fromCharCode(...digest))}` === dataset.wasmIntegrity) {
      if (module) return module;
      throw new Stopped('This browser, or the content policy of this site, does not allow WebAssembly.', { cause });
    }
    throw new Stopped('The program does not belong to this page. It was changed on the way, or only part of it was uploaded.', { cause });
  }

  let lastFetched = 0;
  new PerformanceObserver(() => {
    lastFetched = performance.now();
  }).observe({ type: 'resource' });
  async function whenIdle() {
    while (performance.now() - lastFetched < QUIET_MS) await new Promise((done) => setTimeout(done, QUIET_MS));
    // Chromium may never call a page idle if it draws no frames for it.
    await new Promise((done) => (globalThis.requestIdleCallback ?? setTimeout)(done, { timeout: QUIET_MS }));
  }

  // A page left open for days reports that the server has a newer version; it never reloads by itself. The app shows it
  // (src/view/app.rs). A sign-in page of the host, or an error, is not a version.
  function watchReleases() {
    const mine = [src, js, wasm, ownStyle().href].map((address) => address.slice(address.lastIndexOf('/') + 1));
    let looked = Date.now();
    const timer = setInterval(look, RELEASE_MS);
    document.addEventListener('visibilitychange', look);
    async function look() {
      if (document.hidden || Date.now() - looked < RELEASE_MS - 60_000) return; // a timer may be early by some ms
      looked = Date.now();
      try {
        const page = await fetch(location.pathname, { cache: 'no-cache', credentials: 'same-origin' });
        const text = page.ok ? await page.text() : '';
        if (!text.includes('data-wasm-integrity') || mine.every((name) => text.includes(name))) return;
        clearInterval(timer);
        document.removeEventListener('visibilitychange', look);
        dispatchEvent(new Event('pim-desk-newer'));
      } catch {} // offline: the next check will find out
    }
  }

  async function start() {
    if (window.top !== window) {
      await settled;
      element('boot').hidden = true;
      const notice = document.createElement('p');
      notice.className = 'boot';
      const link = document.createElement('a');
      Object.assign(link, { href: location.href, target: '_blank', rel: 'noopener', textContent: 'Open it in its own tab' });
      notice.append('PIM Desk does not run inside another page. ', link, '.');
      document.body.append(notice);
      return;
    }
    if (!isSecureContext) throw new Stopped('PIM Desk runs only on https addresses and on localhost.');
    if (typeof WebAssembly !== 'object' || !WebAssembly.compileStreaming) {
      throw new Stopped('This browser has no WebAssembly, or it is turned off (lockdown mode, company policy).');
    }
    const watch = setInterval(() => {
      if (performance.now() - lastSign < SILENCE_MS) return;
      clearInterval(watch);
      const text = 'Nothing came back for 10 seconds. Check the connection and reload.';
      showPanel('PIM Desk could not start', text, 'no answer', 'passing');
    }, 500);
    const watchStart = async () => {
      await settled;
      const app = element('app');
      if (!app.hasChildNodes()) {
        await new Promise((done) => {
          const observer = new MutationObserver(() => (observer.disconnect(), done()));
          observer.observe(app, { childList: true });
        });
      }
      clearInterval(watch);
      if (panel === 'passing') takePanelAway();
      element('boot').hidden = true;
      try {
        // If its style sheet failed, the page keeps the mark, or guard.js would reload it again and again.
        if (ownStyle().sheet?.cssRules.length) sessionStorage.removeItem(RELOADED);
      } catch {}
    };
    const shown = watchStart();
    try {
      const importing = import(js).finally(noteSign).catch(async (cause) => {
        await get(js); // distinguishes a missing file from a refused one
        throw new Stopped('The browser refused the program. It was changed on the way, or only part of it was uploaded.', { cause });
      });
      const [bindings, module] = await Promise.all([importing, compiled(wasm)]);
      await settled;
      await styled();
      if (globalThis.__pimDeskReloading) return clearInterval(watch); // the program would use up a sign-in answer
      await bindings.default({ module_or_path: module });
      await shown;
      // The rest of the program is loaded while nothing else happens: then no click waits for it, and an open tab does
      // not need files that a newer release removes. What fails here is tried again when needed.
      setTimeout(() => bindings.loadParts(whenIdle), REST_MS);
      watchReleases();
    } catch (error) {
      clearInterval(watch);
      throw error;
    }
  }

  start().catch(showFailure);
})();
