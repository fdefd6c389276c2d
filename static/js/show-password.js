// A button beside a password field shows what was typed. Without scripts the button stays hidden.
for (const button of document.querySelectorAll('[data-show-password]')) {
  const field = document.getElementById(button.dataset.showPassword);
  if (!field) continue;
  const setShown = (shown) => {
    field.type = shown ? 'text' : 'password';
    button.toggleAttribute('data-shown', shown);
  };
  button.hidden = false;
  button.addEventListener('click', () => {
    setShown(field.type === 'password');
    field.focus();
  });
  // Hidden again before it is sent, so that the browser does not keep it as ordinary text.
  if (field.form) field.form.addEventListener('submit', () => setShown(false));
}
