// The pages of a trainer work without network: this one is kept on the phone with all that it needs, and so are the lists that
// it names ("data-keep-list") and the pages that a list names ("data-keep"). A worker hands them out when nothing else can.
// Signing out forgets them (see signing-out.js); so does a week.
(() => {
  const KEPT = 'teaching';
  const OFFLINE = '/teaching/offline';
  const A_WEEK = 7 * 24 * 3600 * 1000;
  const PATIENCE = 20000; // milliseconds
  if (!('serviceWorker' in navigator) || !('caches' in window)) return;
  navigator.serviceWorker.register('/teaching/service-worker.js', { scope: '/teaching/' }).catch(() => {});

  const forgetOld = async (kept) => {
    for (const request of await kept.keys()) {
      const page = await kept.match(request);
      if (Date.now() - Date.parse(page.headers.get('date')) > A_WEEK) await kept.delete(request);
    }
  };

  // How much the club's clock is ahead of this phone's: a list that opens later opens by the club's (see attendance.js).
  const compareClocks = (page) => {
    try {
      window.localStorage.setItem('club-clock-ahead', Date.parse(page.headers.get('date')) - Date.now());
    } catch {
      // storage is forbidden: the phone's own clock counts
    }
  };

  const keepFiles = async (kept, addresses) => {
    for (const address of new Set(addresses)) {
      if (address.startsWith('/static/') && !(await kept.match(address))) await kept.add(address);
    }
  };

  const filesOf = (page) =>
    [...page.querySelectorAll('link[href], script[src], img[src], use[href]')].map(
      (part) => (part.getAttribute('src') || part.getAttribute('href')).split('#')[0],
    );

  // Gives the page's content, nothing where the club leads elsewhere.
  const keepPage = async (kept, address) => {
    const signal = AbortSignal.timeout ? AbortSignal.timeout(PATIENCE) : undefined;
    const page = await fetch(address, { credentials: 'same-origin', redirect: 'manual', signal });
    if (!page.ok) return null;
    compareClocks(page);
    const content = new DOMParser().parseFromString(await page.clone().text(), 'text/html');
    await kept.put(address, page);
    await keepFiles(kept, filesOf(content));
    return content;
  };

  const keepIfMissing = async (kept, addresses) => {
    for (const address of addresses) if (!(await kept.match(address))) await keepPage(kept, address);
  };

  const hrefs = (page, links) => [...page.querySelectorAll(links)].map((link) => link.getAttribute('href'));

  const showKept = async (kept) => {
    const box = document.querySelector('[data-kept-lists]');
    if (!box) return;
    box.hidden = false;
    for (const link of box.querySelectorAll('[data-keep-list]')) {
      link.parentElement.querySelector('.kept-sign').hidden = !(await kept.match(link.getAttribute('href')));
    }
  };

  // Anew each time: who is on a list changes.
  const keepLists = async (kept) => {
    for (const address of hrefs(document, '[data-keep-list]')) {
      const list = await keepPage(kept, address);
      if (list) await keepIfMissing(kept, hrefs(list, 'a[data-keep]'));
    }
  };

  const keep = async () => {
    const kept = await caches.open(KEPT);
    await forgetOld(kept);
    await showKept(kept);
    const loaded = performance.getEntriesByType('resource').map((entry) => new URL(entry.name));
    await keepFiles(kept, loaded.filter(({ origin }) => origin === location.origin).map((file) => file.pathname + file.search));
    await keepPage(kept, location.pathname + location.search);
    await keepIfMissing(kept, [OFFLINE, ...hrefs(document, 'a[data-keep]')]);
    await keepLists(kept);
    await showKept(kept);
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
