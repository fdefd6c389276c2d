// Hands out kept pages of the trainer's desk, and what they need, where there is no network (see kept-pages.js). A line that
// stays silent is none: nobody waits for it longer than this, in milliseconds.
const KEPT = 'teaching';
const OFFLINE = '/teaching/offline';
const LIST = /^\/teaching\/runs\/[^/]+\/attendance$/;
const PATIENCE = { withoutKept: 20000, withKept: 6000, afterSilence: 1000 };
const SILENCE_REMEMBERED = 60000;
let silentUntil = 0;

self.addEventListener('install', () => self.skipWaiting());
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));

const kept = async (address) => (await caches.open(KEPT)).match(address);

// The whole page in time, or an error. What is no page is waited for until it begins: it may be large.
const inTime = async (request, milliseconds) => {
  const { headers, referrer, cache } = request;
  const given = new AbortController();
  const timer = setTimeout(() => given.abort(), milliseconds);
  try {
    const answer = await fetch(request.url, {
      headers, referrer, cache, credentials: 'same-origin', redirect: 'manual', signal: given.signal,
    });
    if (!(answer.headers.get('Content-Type') || '').startsWith('text/html')) return answer;
    const { status, statusText } = answer;
    return new Response(await answer.arrayBuffer(), { status, statusText, headers: answer.headers });
  } finally {
    clearTimeout(timer);
    silentUntil = given.signal.aborted ? Date.now() + SILENCE_REMEMBERED : 0;
  }
};

// A list has one address. The one without a session leads where the site leads: to the latest that is open, else the first.
const keptList = async ({ pathname, search }) => {
  if (search || !LIST.test(pathname)) return null;
  const box = await caches.open(KEPT);
  const lists = [];
  for (const { url } of await box.keys()) {
    if (new URL(url).pathname !== pathname) continue;
    lists.push({ url, opensAt: Number((await box.match(url)).headers.get('List-Opens-At')) });
  }
  lists.sort((one, other) => one.opensAt - other.opensAt);
  const list = lists.filter(({ opensAt }) => opensAt <= Date.now()).pop() || lists[0];
  return list ? Response.redirect(list.url) : null;
};

const patience = (known) => {
  if (!known) return PATIENCE.withoutKept;
  return Date.now() < silentUntil ? PATIENCE.afterSilence : PATIENCE.withKept;
};

const page = async (request) => {
  const known = (await kept(request.url)) || (await keptList(new URL(request.url)));
  try {
    const answer = await inTime(request, patience(known));
    // What stands before the site is there, the site is not.
    return known && answer.status >= 502 && answer.status <= 504 ? known : answer;
  } catch (error) {
    return known || (await kept(OFFLINE)) || Response.error();
  }
};

// An address with a piece of the file's hash never means another file.
const file = async (request) => {
  const known = await kept(request.url);
  if (known && new URL(request.url).search) return known;
  try {
    return await inTime(request, patience(known));
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
