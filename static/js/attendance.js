// Attendance: one tap is one POST, answered with when it was saved and how many there are now.
// Without this script every button submits its form. Nothing that failed stays unseen.
(() => {
  const list = document.querySelector('[data-roll]');
  if (!list) return;
  const saved = document.querySelector('[data-roll-saved]');
  const present = document.querySelector('[data-roll-present]');
  const rest = document.querySelector('[data-roll-rest]');
  const markRest = document.querySelector('[data-roll-mark-rest]');
  const waiting = new Map(); // form → the choice tapped while another one was on its way
  const busy = new Set();
  let newest = 0; // answers may overtake each other: only the latest counts
  let asked = 0;

  const buttonsOf = (form) => [...form.querySelectorAll('button[name="mark"]')];
  const press = (form, value) => {
    for (const button of buttonsOf(form)) button.setAttribute('aria-pressed', String(button.value === value));
    const minutes = form.closest('.roll-row').querySelector('.roll-minutes');
    if (!minutes) return;
    minutes.hidden = value !== 'present' && value !== 'late';
    minutes.querySelector('[name="mark"]').value = value;
  };
  const errorOf = (form) => form.closest('.roll-row').querySelector('.roll-error');

  const tell = (form, message) => {
    const line = errorOf(form);
    line.textContent = message;
    line.hidden = !message;
    form.closest('.roll-row').classList.toggle('roll-failed', Boolean(message));
    const failed = list.querySelector('.roll-failed');
    saved.classList.toggle('saved-not', Boolean(failed));
    if (failed) saved.replaceChildren(Object.assign(document.createElement('span'), { textContent: list.dataset.unsaved }));
  };

  const show = (answer, number) => {
    if (number < newest) return;
    newest = number;
    present.textContent = answer.present;
    rest.textContent = answer.rest;
    if (markRest) markRest.hidden = !answer.unmarked;
    if (!list.querySelector('.roll-failed')) {
      saved.replaceChildren(Object.assign(document.createElement('span'), { textContent: answer.saved }));
    }
  };

  const send = async (form, value) => {
    if (busy.has(form)) {
      waiting.set(form, value);
      press(form, value);
      return;
    }
    const before = form.dataset.held ?? (buttonsOf(form).find((b) => b.getAttribute('aria-pressed') === 'true') || {}).value ?? '';
    form.dataset.held = before;
    busy.add(form);
    press(form, value);
    asked += 1;
    const number = asked;
    const body = new FormData(form);
    body.set('mark', value);
    try {
      const response = await fetch(form.action, {
        method: 'POST',
        body,
        credentials: 'same-origin',
        redirect: 'error',
        headers: { Accept: 'application/json', 'X-CSRFToken': body.get('csrf_token') },
      });
      const answer = await response.json();
      if (!response.ok) throw Object.assign(new Error(), { told: [answer.error, answer.advice].filter(Boolean).join('. ') });
      form.dataset.held = value;
      const source = form.closest('.roll-row').querySelector('.roll-source');
      if (source) source.remove();
      tell(form, '');
      show(answer, number);
    } catch (error) {
      if (!waiting.has(form)) press(form, form.dataset.held);
      tell(form, error.told || list.dataset.failed);
    }
    busy.delete(form);
    if (waiting.has(form)) {
      const next = waiting.get(form);
      waiting.delete(form);
      send(form, next);
    }
  };

  list.addEventListener('submit', (event) => {
    if (!event.submitter || event.submitter.name !== 'mark') return;
    event.preventDefault();
    const again = event.submitter.getAttribute('aria-pressed') === 'true';
    // A second tap on a mark that is saved would only wipe out the minutes that belong to it.
    if (!again || event.target.closest('.roll-failed')) send(event.target, event.submitter.value);
  });

  window.addEventListener('beforeunload', (event) => {
    if (busy.size) event.preventDefault();
  });
})();
