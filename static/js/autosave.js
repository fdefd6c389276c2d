// What is typed into a draft is saved by itself after a rest. Without this script the button saves.
(() => {
  const form = document.querySelector('form[data-autosave]');
  if (!form || !window.fetch) return;
  const state = form.querySelector('[data-autosave-state]');
  const seen = form.elements.seen;
  const REST = 4000;
  // The largest that a browser still sends for a page that goes away.
  const LAST_WORDS = 60_000;
  let timer = null;
  let busy = false;
  let unsaved = false; // something was typed since the last sending, or that did not arrive
  let stopped = false; // somebody else saved a later version: only the button shows both

  const lengthOf = (data) => new TextEncoder().encode(new URLSearchParams(data).toString()).length;

  const rest = () => {
    clearTimeout(timer);
    timer = setTimeout(save, REST);
  };

  const save = async ({ leaving = false } = {}) => {
    if ((busy && !leaving) || stopped) return;
    const typed = new FormData(form);
    if (busy) typed.set('seen', Number(seen.value) + 1); // what is on its way becomes a version, too
    busy = true;
    unsaved = false;
    let arrived = false;
    try {
      const answer = await fetch(form.action, {
        method: 'POST',
        body: typed,
        headers: { Accept: 'application/json' },
        credentials: 'same-origin',
        keepalive: leaving && lengthOf(typed) < LAST_WORDS,
      });
      const said = await answer.json();
      arrived = answer.ok;
      if (arrived) {
        seen.value = said.version;
        state.textContent = `${form.dataset.saved} ${said.saved}`;
      } else {
        stopped = answer.status === 409;
        state.textContent = said.error || form.dataset.offline;
      }
    } catch {
      state.textContent = form.dataset.offline;
    }
    busy = false;
    if (!arrived) unsaved = true;
    else if (unsaved) rest(); // typed meanwhile
  };

  form.addEventListener('input', () => {
    unsaved = true;
    rest();
  });
  // A page that is closed, or a phone that is put away, does not wait for the rest.
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState !== 'hidden' || !unsaved) return;
    clearTimeout(timer);
    save({ leaving: true });
  });
  form.addEventListener('submit', () => {
    clearTimeout(timer);
    stopped = true;
  });
})();
