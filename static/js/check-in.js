// The screen with the code: what changes is fetched every three seconds. Without this script the page asks to be reloaded.
(() => {
  const screen = document.querySelector('[data-check-in]');
  if (!screen) return;
  const lost = document.querySelector('[data-check-in-lost]');
  const EVERY = 3000;
  const LOST_AFTER = 30000; // by then the code on the screen is about to count no more
  let heard = Date.now();

  const show = (words) => {
    const focused = document.activeElement && document.activeElement.id;
    const within = screen.contains(document.activeElement);
    screen.innerHTML = words; // drawn by our own server, and no script in it would run
    const again = within && focused && document.getElementById(focused);
    if (again) again.focus({ preventScroll: true });
  };

  const look = async () => {
    if (document.hidden) return;
    try {
      const answer = await fetch(screen.dataset.checkIn, { credentials: 'same-origin', redirect: 'error' });
      if (!answer.ok) throw new Error(answer.status);
      show(await answer.text());
      heard = Date.now();
    } catch {
      // told below, once it has lasted
    }
    lost.hidden = Date.now() - heard < LOST_AFTER;
    screen.classList.toggle('check-in-lost', !lost.hidden);
  };

  const go = async () => {
    await look();
    window.setTimeout(go, EVERY);
  };
  window.setTimeout(go, EVERY);
  document.addEventListener('visibilitychange', look);
})();
