// Small manners for menus made of <details data-menu>: Escape and a click elsewhere close them.
// The desk's row of links, where it is swiped, begins with the page one is on.
(() => {
  const here = document.querySelector('.desk-bar [aria-current]');
  if (here) {
    const row = here.closest('ul');
    row.scrollLeft = here.offsetLeft - row.offsetLeft - (row.clientWidth - here.offsetWidth) / 2;
  }

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
