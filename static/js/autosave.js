// What is typed into a draft is saved by itself after a rest. Without this script the button saves.
(() => {
  const form = document.querySelector('form[data-autosave]');
  if (!form || !window.fetch) return;
  const state = form.querySelector('[data-autosave-state]');
  const seen = form.elements.seen;
  const REST = 4000;
  let timer = null;
  let busy = false;
  let stopped = false; // somebody else saved a later version: only the button shows both

  let typedSince = false; // something is not saved yet
  // The largest that a browser still sends for a page that goes away.
  const LAST_WORDS = 60_000;

  const save = async ({ leaving = false } = {}) => {
    if ((busy && !leaving) || stopped) return;
    busy = true;
    typedSince = false;
    const typed = new FormData(form);
    try {
      const answer = await fetch(form.action, {
        method: 'POST',
        body: typed,
        headers: { Accept: 'application/json' },
        credentials: 'same-origin',
        keepalive: leaving && lengthOf(typed) < LAST_WORDS,
      });
      const said = await answer.json();
      if (answer.ok) {
        seen.value = said.version;
        state.textContent = `${form.dataset.saved} ${said.saved}`;
      } else {
        stopped = answer.status === 409;
        typedSince = true;
        state.textContent = said.error || form.dataset.offline;
      }
    } catch {
      typedSince = true;
      state.textContent = form.dataset.offline;
    }
    busy = false;
  };

  const lengthOf = (data) => new TextEncoder().encode(new URLSearchParams(data).toString()).length;

  form.addEventListener('input', () => {
    typedSince = true;
    clearTimeout(timer);
    timer = setTimeout(save, REST);
  });
  // A page that is closed, or a phone that is put away, does not wait for the rest.
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState !== 'hidden' || !typedSince) return;
    clearTimeout(timer);
    save({ leaving: true });
  });
  form.addEventListener('submit', () => {
    clearTimeout(timer);
    stopped = true;
  });
})();
