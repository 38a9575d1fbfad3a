// The first script of the page, and the only file of it whose name never changes: a page out of a cache can name a start
// script or a style sheet that a newer release removed. It loads the page anew then, once, and tells where that does not help.
'use strict';
addEventListener(
  'error',
  async ({ target: { localName, rel, src, href } }) => {
    if (localName !== 'script' && rel !== 'stylesheet') return;
    try {
      // The start script's mark; it goes when the app shows.
      if (!sessionStorage.getItem('pim-desk.reloaded')) {
        sessionStorage.setItem('pim-desk.reloaded', '1');
        await fetch(location.pathname, { cache: 'reload' });
        return location.reload();
      }
    } catch {} // no storage, or no connection
    if (document.readyState === 'loading') await new Promise((done) => addEventListener('DOMContentLoaded', done));
    const element = (id) => document.getElementById(id);
    element('boot').hidden = element('app').hidden = element('stopped-copy').hidden = true;
    element('stopped').hidden = false;
    element('stopped-title').textContent = 'PIM Desk could not start';
    element('stopped-text').textContent = 'A file of this version did not come. Check the connection, and reload.';
    element('stopped-details').textContent = src || href;
    element('stopped-reload').onclick = () => location.reload();
    element('stopped-title').focus();
  },
  true,
);
