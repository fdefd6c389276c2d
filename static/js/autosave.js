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

  const save = async () => {
    if (busy || stopped) return;
    busy = true;
    const typed = new FormData(form);
    try {
      const answer = await fetch(form.action, {
        method: 'POST',
        body: typed,
        headers: { Accept: 'application/json' },
        credentials: 'same-origin',
      });
      const said = await answer.json();
      if (answer.ok) {
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
  };

  form.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(save, REST);
  });
  form.addEventListener('submit', () => {
    clearTimeout(timer);
    stopped = true;
  });
})();
