// Small manners for menus made of <details data-menu>: Escape and a click elsewhere close them.
(() => {
  const openMenus = () => document.querySelectorAll('details[data-menu][open]');

  document.addEventListener('click', (event) => {
    for (const menu of openMenus()) {
      if (!menu.contains(event.target)) menu.open = false;
    }
  });

  document.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return;
    for (const menu of openMenus()) {
      menu.open = false;
      menu.querySelector('summary').focus();
    }
  });
})();
