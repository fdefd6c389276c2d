// Whoever signs out leaves no pages behind on the phone (see kept-pages.js). Marks that were not sent stay: they are work.
document.addEventListener('submit', (event) => {
  if (event.target.getAttribute('action') === '/logout' && 'caches' in window) caches.delete('teaching');
});
