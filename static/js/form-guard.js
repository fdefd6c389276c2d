// A POST form is sent once, however often its button is pressed.
// A form that answers with a file and leaves its page standing opts out: data-guard="off".
(() => {
  const sent = new WeakSet();

  const buttonsOf = (form) =>
    [...form.elements].filter((element) => element.type === 'submit');

  document.addEventListener('submit', (event) => {
    const form = event.target;
    const method = (event.submitter && event.submitter.getAttribute('formmethod')) || form.getAttribute('method');
    if ((method || '').toLowerCase() !== 'post' || form.dataset.guard === 'off') return;
    if (event.defaultPrevented) return; // another script has stopped this sending
    if (sent.has(form)) {
      event.preventDefault();
      return;
    }
    sent.add(form);
    // aria-disabled and not disabled: a disabled button's own name and value would not be sent.
    for (const button of buttonsOf(form)) button.setAttribute('aria-disabled', 'true');
  });

  // The page came back from the browser's memory: its forms can be sent again.
  window.addEventListener('pageshow', (event) => {
    if (!event.persisted) return;
    for (const form of document.forms) {
      sent.delete(form);
      for (const button of buttonsOf(form)) button.removeAttribute('aria-disabled');
    }
  });
})();
