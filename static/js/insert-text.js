// Buttons that put words into a text where the cursor stands. Without scripts they stay hidden:
// the words stand beside them and can be pasted.
for (const button of document.querySelectorAll('[data-insert]')) {
  const field = document.getElementById(button.dataset.into);
  if (!field) continue;
  button.hidden = false;
  button.addEventListener('click', () => {
    const before = field.value.slice(0, field.selectionStart);
    const after = field.value.slice(field.selectionEnd);
    const from = before === '' || before.endsWith('\n\n') ? '' : before.endsWith('\n') ? '\n' : '\n\n';
    const to = after === '' || after.startsWith('\n\n') ? '' : after.startsWith('\n') ? '\n' : '\n\n';
    field.focus();
    field.setRangeText(`${from}${button.dataset.insert}${to}`, field.selectionStart, field.selectionEnd, 'end');
    // What saves by itself listens for typing.
    field.dispatchEvent(new Event('input', { bubbles: true }));
  });
}
