// After a refused form the summary of what to mend takes the focus, so that it is read first.
(() => {
  const summary = document.querySelector('[data-error-summary]');
  if (summary) summary.focus();
})();
