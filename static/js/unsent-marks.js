// Marks that were made on this phone and have not reached the club. They are kept until they have: across reloads, days, and
// signing out. Those that contradict somebody else's are kept until that was read. Each has an id of its own, so that one which
// is sent twice counts once. Told by two events on the document:
// "marks-answered" with what the club said, "marks-changed" when there are more or fewer.
window.unsentMarks = (() => {
  const PREFIX = 'unsent-mark/';
  const AGAIN = 30000;
  const PATIENCE = 15000; // a line that is silent for longer is none
  const box = document.querySelector('[data-unsent]');
  if (!box) return null;
  const account = box.dataset.account;
  const memory = new Map(); // where storage is forbidden, for as long as the page stands
  const state = { busy: false, signedOut: false };

  const write = (mark) => {
    memory.set(mark.id, mark);
    try {
      window.localStorage.setItem(PREFIX + mark.id, JSON.stringify(mark));
    } catch {
      // see memory
    }
  };

  const drop = (id) => {
    memory.delete(id);
    try {
      window.localStorage.removeItem(PREFIX + id);
    } catch {
      // see memory
    }
  };

  const all = () => {
    const found = new Map(memory);
    try {
      for (const key of Object.keys(window.localStorage)) {
        if (key.startsWith(PREFIX)) found.set(key.slice(PREFIX.length), JSON.parse(window.localStorage.getItem(key)));
      }
    } catch {
      // see memory
    }
    return [...found.values()].filter((mark) => mark.account === account).sort((one, other) => one.madeAt - other.madeAt);
  };

  const waiting = () => all().filter((mark) => !mark.error && !mark.told);
  const newId = () => {
    if (window.crypto.randomUUID) return window.crypto.randomUUID();
    const bytes = [...window.crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0'));
    return bytes.join('').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  };

  const tokenOf = (page) => (page.querySelector('main [name="csrf_token"], [name="csrf_token"]') || {}).value;
  let token = tokenOf(document);

  const inTime = () => (AbortSignal.timeout ? AbortSignal.timeout(PATIENCE) : undefined);

  // The session may have ended, or another one begun: the page as it is now has the token that counts. Whoever is led to sign in
  // is not followed there: that would begin a session beside the one in which somebody signs in just then.
  const renewToken = async () => {
    const answer = await fetch(box.dataset.unsent, { credentials: 'same-origin', redirect: 'manual', signal: inTime() });
    if (!answer.ok) return false;
    token = tokenOf(new DOMParser().parseFromString(await answer.text(), 'text/html'));
    return Boolean(token);
  };

  const post = (address, marks) =>
    fetch(address, {
      method: 'POST',
      credentials: 'same-origin',
      redirect: 'error',
      signal: inTime(),
      headers: { Accept: 'application/json', 'Content-Type': 'application/json', 'X-CSRFToken': token },
      body: JSON.stringify({
        account,
        sent_at: Date.now(),
        marks: marks.map(({ id, person, mark, madeAt, slowBy, seen, seenVersion, rest }) => ({
          id, person, mark, rest, seen, made_at: madeAt, slow_by: slowBy, seen_version: seenVersion,
        })),
      }),
    });

  // What was dropped while it was on its way stays dropped.
  const rewrite = (mark, more) => {
    if (all().some(({ id }) => id === mark.id)) write({ ...mark, ...more });
  };
  const refuseOne = (mark, error) => rewrite(mark, { error });
  // It has reached the club; what it contradicts there is kept until somebody has read it, whichever page is open by then.
  const tellOf = (mark, told) => rewrite(mark, { told });

  const refuse = (marks, error) => {
    for (const mark of marks) refuseOne(mark, error);
  };

  const take = (address, marks, answer) => {
    const told = new Map(answer.marks.map((said) => [said.id, said]));
    for (const mark of marks) {
      const said = told.get(mark.id);
      if (said && said.error) refuseOne(mark, said.error);
      else if (said && said.contradiction) tellOf(mark, said.contradiction);
      else if (said) drop(mark.id);
    }
    document.dispatchEvent(new CustomEvent('marks-answered', { detail: { address, marks, told, answer } }));
  };

  // Whether the next address may be tried.
  const sendTo = async (address, marks) => {
    let answer = await post(address, marks);
    if (answer.status === 400 && (await renewToken())) answer = await post(address, marks);
    if (answer.status === 400 || answer.status === 401) {
      state.signedOut = true;
      return false;
    }
    state.signedOut = false;
    if (answer.ok) take(address, marks, await answer.json());
    else if (answer.status === 404) refuse(marks, box.dataset.gone);
    else if (answer.status === 409 || answer.status === 422) refuse(marks, (await answer.json()).error);
    return answer.status < 500 && answer.status !== 429;
  };

  const send = async () => {
    if (state.busy) return;
    state.busy = true;
    try {
      for (let marks = waiting(), before = ''; marks.length; marks = waiting()) {
        const [{ address, id }] = marks;
        if (id === before) break; // whatever was answered, it said nothing about this one
        before = id;
        if (!(await sendTo(address, marks.filter((mark) => mark.address === address).slice(0, 200)))) break;
      }
    } catch {
      // no network, or a silent one: they stay, and are sent when there is one
    }
    state.busy = false;
    tell();
  };

  const part = (name) => box.querySelector(`[data-unsent-${name}]`);

  const element = (tag, given) => Object.assign(document.createElement(tag), given);

  const dropButton = ({ id }, words) => {
    const button = element('button', { type: 'button', className: 'btn btn-quiet', textContent: words });
    button.addEventListener('click', () => {
      drop(id);
      tell();
    });
    return button;
  };

  const listLink = ({ address }) =>
    element('a', { href: address.replace('/attendance/marks', '/attendance'), textContent: box.dataset.open });

  const lineOf = (mark, why, actions) => {
    const line = document.createElement('li');
    line.append(element('span', { textContent: `${mark.name}: ${mark.words}. ${why}` }), ...actions);
    return line;
  };

  const list = (block, lines) => {
    block.hidden = !lines.length;
    block.querySelector('ul').replaceChildren(...lines);
  };

  const tell = () => {
    const left = waiting().length;
    const refused = all().filter((mark) => mark.error);
    const told = all().filter((mark) => mark.told);
    box.hidden = !left && !refused.length && !told.length;
    part('left').hidden = !left;
    part('count').textContent = left;
    part('signed-out').hidden = !left || !state.signedOut;
    list(part('refused'), refused.map((mark) => lineOf(mark, mark.error, [dropButton(mark, box.dataset.drop)])));
    list(part('told'), told.map((mark) => lineOf(mark, mark.told, [listLink(mark), dropButton(mark, box.dataset.read)])));
    for (const warning of document.querySelectorAll('[data-unsent-of]')) {
      warning.hidden = ![...waiting(), ...refused].some(({ address }) => address.startsWith(warning.dataset.unsentOf));
    }
    document.dispatchEvent(new CustomEvent('marks-changed'));
  };

  const add = (...marks) => {
    // Later than whatever waits, also where somebody has just set the clock back.
    const madeAt = Math.max(Date.now(), ...waiting().map((other) => other.madeAt + 1));
    for (const mark of marks) write({ ...mark, id: newId(), account, madeAt });
    tell();
    send();
  };

  // What was refused may be taken now: the class was reopened, or the session has begun.
  const sendAll = () => {
    for (const { error, ...mark } of all()) if (error) write(mark);
    send();
  };

  part('again').addEventListener('click', sendAll);
  window.addEventListener('online', send);
  document.addEventListener('visibilitychange', () => document.hidden || send());
  window.setInterval(send, AGAIN);
  tell();
  sendAll();

  return { add, waiting };
})();
