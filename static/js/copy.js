// A button that copies what stands in a field. Without scripts it stays hidden; the field can be selected.
for (const button of document.querySelectorAll('[data-copy]')) {
  const field = document.getElementById(button.dataset.copy);
  const words = button.querySelector('span');
  if (!field || !words) continue;
  const before = words.textContent;
  button.hidden = false;
  button.addEventListener('click', async () => {
    field.select();
    try {
      await navigator.clipboard.writeText(field.value);
    } catch {
      // Without https there is no clipboard, and it can be forbidden: the older way may still work.
      if (!document.execCommand('copy')) return;
    }
    words.textContent = button.dataset.copied;
    setTimeout(() => { words.textContent = before; }, 4000);
  });
}
