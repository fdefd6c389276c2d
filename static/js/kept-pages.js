// The pages of a trainer work without network: this one is kept on the phone with all that it needs, and a worker hands it
// out when nothing else can. Signing out forgets it (see signing-out.js); so does a week.
(() => {
  const KEPT = 'teaching';
  const OFFLINE = '/teaching/offline';
  const A_WEEK = 7 * 24 * 3600 * 1000;
  if (!('serviceWorker' in navigator) || !('caches' in window)) return;
  navigator.serviceWorker.register('/teaching/service-worker.js', { scope: '/teaching/' }).catch(() => {});

  const forgetOld = async (kept) => {
    for (const request of await kept.keys()) {
      const page = await kept.match(request);
      if (Date.now() - Date.parse(page.headers.get('date')) > A_WEEK) await kept.delete(request);
    }
  };

  const keepPage = async (kept, address) => {
    const page = await fetch(address, { credentials: 'same-origin' });
    if (page.ok && !page.redirected) await kept.put(address, page);
  };

  const keep = async () => {
    const kept = await caches.open(KEPT);
    await forgetOld(kept);
    const needed = performance.getEntriesByType('resource').map((entry) => new URL(entry.name));
    for (const { origin, pathname, search } of needed) {
      const address = pathname + search;
      if (origin === location.origin && pathname.startsWith('/static/') && !(await kept.match(address))) await kept.add(address);
    }
    await keepPage(kept, location.pathname + location.search);
    const others = [...document.querySelectorAll('a[data-keep]')].map((link) => link.getAttribute('href'));
    for (const address of [OFFLINE, ...others]) if (!(await kept.match(address))) await keepPage(kept, address);
    document.documentElement.dataset.kept = 'yes';
  };

  const quietly = () => keep().catch(() => {}); // without network there is nothing new to keep
  let soon;
  window.addEventListener('load', quietly);
  document.addEventListener('marks-answered', () => {
    window.clearTimeout(soon);
    soon = window.setTimeout(quietly, 2000);
  });
})();
