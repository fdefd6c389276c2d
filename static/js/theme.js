// Light or dark, before the first paint: loaded in <head> without defer.
// The reader's own choice is kept; without one the page follows the system.
(() => {
  const root = document.documentElement;
  const dark = window.matchMedia('(prefers-color-scheme: dark)');
  const key = 'theme';

  root.classList.add('js');

  function chosen() {
    try {
      const kept = window.localStorage.getItem(key);
      return kept === 'light' || kept === 'dark' ? kept : null;
    } catch {
      return null; // storage can be forbidden; the switch then lasts for one page
    }
  }

  function show(theme) {
    root.setAttribute('data-bs-theme', theme);
  }

  function showCurrent() {
    show(chosen() || (dark.matches ? 'dark' : 'light'));
  }

  showCurrent();
  dark.addEventListener('change', showCurrent);
  window.addEventListener('storage', (event) => {
    if (event.key === key) showCurrent();
  });

  document.addEventListener('DOMContentLoaded', () => {
    for (const button of document.querySelectorAll('[data-theme-switch]')) {
      button.hidden = false;
      button.addEventListener('click', () => {
        const next = root.getAttribute('data-bs-theme') === 'dark' ? 'light' : 'dark';
        show(next);
        try {
          window.localStorage.setItem(key, next);
        } catch {
          // see chosen()
        }
      });
    }
  });
})();
