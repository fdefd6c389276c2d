// Somebody who came without registering is noted on this phone first, then sent: without network the note waits, and nothing
// that was typed is lost. Who it is the club asks when it is sent, so nobody is joined with somebody else by a phone. The note
// is dropped once the club says in the address that the person is on the list ("noted"). Other pages of the trainer's desk say
// for which classes somebody is noted.
(() => {
  const PREFIX = 'noted-person/';
  const FIELDS = ['full_name', 'phone', 'email', 'birth_year'];
  const box = document.querySelector('[data-noted]');
  const elsewhere = document.querySelector('[data-noted-elsewhere]');
  if (!window.crypto.randomUUID || !(box || elsewhere)) return;
  const { account } = (box || elsewhere).dataset;
  const { address, back } = box ? box.dataset : {};
  const LIST = `list-of/${address}`;

  const stored = (work) => {
    try {
      return work(window.localStorage);
    } catch {
      return null; // storage is forbidden: the form works as without scripts
    }
  };
  const write = (note) => stored((store) => store.setItem(PREFIX + note.id, JSON.stringify(note)));
  const drop = (id) => stored((store) => store.removeItem(PREFIX + id));
  const read = (key) => stored((store) => JSON.parse(store.getItem(key)));
  const allNotes = () =>
    (stored((store) => Object.keys(store)) || [])
      .filter((key) => key.startsWith(PREFIX))
      .map(read)
      .filter((note) => note && note.account === account)
      .sort((one, other) => one.madeAt - other.madeAt);
  const notes = () => allNotes().filter((note) => note.address === address);

  const lineOf = (note) => {
    const line = box.querySelector('template').content.cloneNode(true);
    const contact = [note.phone, note.email].filter(Boolean).join(', ');
    line.querySelector('[data-noted-who]').textContent = contact ? `${note.full_name}, ${contact}` : note.full_name;
    line.querySelector('a').href = `${address}#noted-${note.id}`;
    line.querySelector('button').addEventListener('click', () => {
      drop(note.id);
      tell();
    });
    return line;
  };

  const CLASS = /^\/teaching\/runs\/([^/]+)\/walk-ins/;

  const classLine = ([other, count]) => {
    const line = document.createElement('li');
    const link = document.createElement('a');
    link.href = other.replace('/walk-ins', '/attendance');
    link.textContent = elsewhere.dataset.class.replace('{code}', CLASS.exec(other)[1]).replace('{count}', count);
    line.append(link);
    return line;
  };

  // Whoever noted somebody and has another page open by now hears of it there too.
  const tellOfOthers = () => {
    if (!elsewhere) return;
    const counts = new Map();
    for (const note of allNotes()) {
      if (note.address !== address && CLASS.test(note.address)) counts.set(note.address, (counts.get(note.address) || 0) + 1);
    }
    elsewhere.hidden = !counts.size;
    elsewhere.querySelector('ul').replaceChildren(...[...counts].map(classLine));
    for (const warning of document.querySelectorAll('[data-noted-of]')) {
      warning.hidden = !allNotes().some((note) => note.address.startsWith(warning.dataset.notedOf));
    }
  };

  const tell = () => {
    const lines = notes().map(lineOf);
    box.hidden = !lines.length;
    box.querySelector('[data-noted-list]').replaceChildren(...lines);
  };

  const forgetWhoIsOnTheList = () => {
    const here = new URL(window.location.href);
    const id = here.searchParams.get('noted');
    if (!id) return;
    drop(id);
    here.searchParams.delete('noted');
    window.history.replaceState(null, '', here);
  };

  const form = document.getElementById('walk-in');
  const isHere = form && form.elements.is_here; // only of a session whose list is open

  const fillIn = () => {
    const note = notes().find(({ id }) => window.location.hash === `#noted-${id}`);
    if (!note) return;
    form.elements.noted.value = note.id;
    for (const name of FIELDS) form.elements[name].value = note[name];
    if (isHere) isHere.checked = note.isHere;
  };

  const keep = (event) => {
    const note = { id: form.elements.noted.value || window.crypto.randomUUID(), account, address, madeAt: Date.now() };
    for (const name of FIELDS) note[name] = form.elements[name].value.trim();
    note.isHere = Boolean(isHere && isHere.checked);
    if (!note.full_name) return; // the club says what is missing
    write(note);
    form.elements.noted.value = note.id;
    if (window.navigator.onLine) return;
    event.preventDefault();
    window.location.assign(window.sessionStorage.getItem(LIST) || back);
  };

  if (form) {
    fillIn();
    form.addEventListener('submit', keep);
  } else if (box) {
    forgetWhoIsOnTheList();
    // Kept under this very address (see kept-pages.js), so that one can come back to it without network.
    stored(() => window.sessionStorage.setItem(LIST, window.location.pathname + window.location.search));
    tell();
  }
  tellOfOthers();
})();
