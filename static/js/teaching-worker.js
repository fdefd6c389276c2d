// Hands out kept pages of the trainer's desk, and what they need, where there is no network (see kept-pages.js).
const KEPT = 'teaching';
const OFFLINE = '/teaching/offline';

self.addEventListener('install', () => self.skipWaiting());
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));

const kept = async (address) => (await caches.open(KEPT)).match(address);

const page = async (request) => {
  try {
    const answer = await fetch(request);
    // What stands before the site is there, the site is not.
    if (answer.status < 502 || answer.status > 504) return answer;
    return (await kept(request.url)) || answer;
  } catch (error) {
    return (await kept(request.url)) || (await kept(OFFLINE)) || Response.error();
  }
};

// An address with a piece of the file's hash never means another file.
const file = async (request) => {
  const known = await kept(request.url);
  if (known && new URL(request.url).search) return known;
  try {
    return await fetch(request);
  } catch (error) {
    return known || Response.error();
  }
};

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== self.location.origin) return;
  if (request.mode === 'navigate') event.respondWith(page(request));
  else if (pathname.startsWith('/static/')) event.respondWith(file(request));
});
