// Attendance: a tap is kept on the phone and sent at once, or as soon as there is a network (see unsent-marks.js).
// Without scripts every button submits its form. Nothing that failed stays unseen.
(() => {
  const list = document.querySelector('[data-roll]');
  const unsent = window.unsentMarks;
  if (!list || !unsent) return;
  const address = list.dataset.roll;
  const saved = document.querySelector('[data-roll-saved]');
  const present = document.querySelector('[data-roll-present]');
  const rest = document.querySelector('[data-roll-rest]');
  const markRest = document.querySelector('[data-roll-mark-rest]');
  const forms = new Map([...list.querySelectorAll('.roll-form')].map((form) => [form.elements.person.value, form]));

  const buttonsOf = (form) => [...form.querySelectorAll('button[name="mark"]')];
  const rowOf = (form) => form.closest('.roll-row');
  const pressed = (form) => buttonsOf(form).find((button) => button.getAttribute('aria-pressed') === 'true');

  const press = (form, value) => {
    for (const button of buttonsOf(form)) button.setAttribute('aria-pressed', String(button.value === value));
    const minutes = rowOf(form).querySelector('.roll-minutes');
    if (!minutes) return;
    minutes.hidden = value !== 'present' && value !== 'late';
    minutes.querySelector('[name="mark"]').value = value;
  };

  const tell = (form, message) => {
    const line = rowOf(form).querySelector('.roll-error');
    line.textContent = message;
    line.hidden = !message;
    rowOf(form).classList.toggle('roll-failed', Boolean(message));
  };

  // A list that was kept before its time opens by itself when that has come, by the club's clock as this phone last heard it.
  const opensAt = Number(list.dataset.rollOpensAt || 0);
  const clockSlowBy = () => {
    try {
      const heard = window.localStorage.getItem('club-clock-ahead');
      return heard === null ? null : Number(heard);
    } catch {
      return null;
    }
  };
  const isOpen = () => Date.now() + (clockSlowBy() || 0) >= opensAt;
  const notYet = document.querySelector('[data-roll-not-yet]');
  const openInTime = () => {
    if (!notYet || notYet.hidden || !isOpen()) return;
    notYet.hidden = true;
    for (const form of forms.values()) for (const button of buttonsOf(form)) button.disabled = false;
    showWaiting();
  };

  const waitsFor = (form) => !rowOf(form).querySelector('.roll-unsent').hidden;
  const unmarked = () => [...forms.values()].filter((form) => !pressed(form));

  // Everything that is on its way is pressed already, and says so.
  const showWaiting = () => {
    const marks = unsent.waiting().filter((mark) => mark.address === address);
    const people = new Map(marks.map((mark) => [mark.person, mark.mark]));
    for (const [person, form] of forms) {
      const waits = people.has(person);
      if (waits) press(form, people.get(person));
      rowOf(form).querySelector('.roll-unsent').hidden = !waits;
    }
    if (markRest) markRest.hidden = !isOpen() || !unmarked().length;
  };

  const showAnswer = ({ detail }) => {
    if (detail.address !== address) return;
    const waits = new Set(unsent.waiting().map((mark) => mark.person));
    for (const mark of detail.marks) {
      const [form, said] = [forms.get(mark.person), detail.told.get(mark.id)];
      if (!form || !said) continue;
      tell(form, said.error || said.contradiction || '');
      if (said.held) [form.dataset.held, form.dataset.version] = [said.held, said.held_version];
      const source = rowOf(form).querySelector('.roll-source');
      if (source) source.remove();
      if (!waits.has(mark.person)) press(form, form.dataset.held);
    }
    present.textContent = detail.answer.present;
    rest.textContent = detail.answer.rest;
    if (markRest) markRest.hidden = !isOpen() || !unmarked().length;
    saved.replaceChildren(Object.assign(document.createElement('span'), { textContent: detail.answer.saved }));
  };

  for (const form of forms.values()) form.dataset.held = (pressed(form) || {}).value || '';

  // What the trainer saw: a tap that still waits has no version at the club.
  const seenOn = (form) => {
    const seen = (pressed(form) || {}).value || null;
    return { seen, seenVersion: seen === form.dataset.held && !waitsFor(form) ? form.dataset.version : '' };
  };

  const tapped = (form, button) => ({
    address,
    person: form.elements.person.value,
    name: list.querySelector(`#n-${form.elements.person.value}`).firstChild.textContent.trim(),
    mark: button.value,
    words: button.textContent.trim(),
    slowBy: clockSlowBy(),
    ...seenOn(form),
  });

  list.addEventListener('submit', (event) => {
    const { submitter, target: form } = event;
    if (!submitter || submitter.name !== 'mark') return;
    event.preventDefault();
    // A second tap on a mark that is there would say nothing new.
    if (submitter !== pressed(form)) unsent.add(tapped(form, submitter));
  });

  // Whoever has no mark by then: what somebody else marked meanwhile stays.
  const restOf = (form) => ({ ...tapped(form, buttonsOf(form).find(({ value }) => value === 'present')), rest: true });
  if (markRest) {
    markRest.addEventListener('submit', (event) => {
      event.preventDefault();
      unsent.add(...unmarked().map(restOf));
    });
  }

  document.addEventListener('marks-answered', showAnswer);
  document.addEventListener('marks-changed', showWaiting);
  window.addEventListener('online', showWaiting);
  window.addEventListener('offline', showWaiting);
  document.addEventListener('visibilitychange', openInTime);
  window.setInterval(openInTime, 10000);
  showWaiting();
  openInTime();
})();
