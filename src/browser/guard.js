// The first script of the page, and its only file whose name never changes: a cached page can name a start script or a
// style sheet that a newer release removed. This then reloads the page, once, and says so if that does not help.
'use strict';
{
  const own = new URL('.', document.currentScript.src).href;
  // The start script's own reload puts a sign-in answer back that it took out of the address.
  const reload = () => (globalThis.__pimDeskReload ? globalThis.__pimDeskReload() : location.reload());
  addEventListener(
    'error',
    async ({ target: { localName, rel, src, href, integrity } }) => {
      if (localName !== 'script' && rel !== 'stylesheet') return;
      // What an extension or the host adds to the page is not part of this version, and may be blocked every time.
      if (!integrity || !(src || href).startsWith(own)) return;
      try {
        // The start script's mark; it is removed when the app shows.
        if (!sessionStorage.getItem('pim-desk.reloaded')) {
          sessionStorage.setItem('pim-desk.reloaded', '1');
          globalThis.__pimDeskReloading = true;
          await fetch(location.pathname, { cache: 'reload' });
          return reload();
        }
      } catch {} // no storage, or no connection
      if (document.readyState === 'loading') await new Promise((done) => addEventListener('DOMContentLoaded', done));
      const element = (id) => document.getElementById(id);
      element('boot').hidden = element('app').hidden = element('stopped-copy').hidden = true;
      element('stopped').hidden = false;
      element('stopped-title').textContent = 'PIM Desk could not start';
      element('stopped-text').textContent = 'A file of this version could not be loaded. Check the connection and reload.';
      element('stopped-details').textContent = src || href;
      element('stopped-reload').onclick = reload;
      element('stopped-title').focus();
    },
    true,
  );
}
