// A file is sent in the background, so that its progress can be shown and nothing is lost when it
// fails. Without this script the form is sent as any other.
(() => {
  const form = document.querySelector('form[data-upload]');
  if (!form || !window.FormData) return;
  const progress = form.querySelector('[data-upload-progress]');
  const meter = progress.querySelector('progress');
  const percent = form.querySelector('[data-upload-percent]');
  const error = form.querySelector('[data-upload-error]');
  const input = form.querySelector('[data-upload-file]');
  const buttons = [...form.elements].filter((element) => element.type === 'submit');
  let busy = false;
  let stale = false; // somebody signed in anew elsewhere: the form's token belongs to the session before

  const tell = (sentences) => {
    error.textContent = sentences.join(' ');
    error.hidden = !sentences.length;
  };

  const rest = (sentences) => {
    busy = false;
    progress.hidden = true;
    for (const button of buttons) button.removeAttribute('aria-disabled');
    tell(sentences);
  };

  const isTooLarge = () => input.files.length > 0 && input.files[0].size > Number(form.dataset.largest);

  const renewToken = async () => {
    const page = await fetch(window.location.href, { credentials: 'same-origin' });
    const shown = new DOMParser().parseFromString(await page.text(), 'text/html');
    const token = shown.querySelector('form[data-upload] [name="csrf_token"]');
    if (token) form.querySelector('[name="csrf_token"]').value = token.value;
    stale = !token;
  };

  const answered = (request) => {
    stale = request.status === 400 || request.status === 401;
    if (request.status === 401) return rest([form.dataset.signIn]);
    let answer;
    try {
      answer = JSON.parse(request.responseText);
    } catch {
      return rest([form.dataset.failed]);
    }
    if (answer.next) {
      busy = false;
      return window.location.assign(answer.next);
    }
    const mended = [...Object.values(answer.errors || {}).flat(), ...(answer.general || [])];
    return rest(mended.length ? mended : [answer.error, answer.advice].filter(Boolean));
  };

  input.addEventListener('change', () => tell(isTooLarge() ? [form.dataset.tooLarge] : []));

  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    if (busy) return;
    if (isTooLarge()) {
      tell([form.dataset.tooLarge]);
      return;
    }
    busy = true;
    tell([]);
    progress.hidden = false;
    meter.value = 0;
    percent.textContent = '';
    for (const button of buttons) button.setAttribute('aria-disabled', 'true');
    if (stale) await renewToken().catch(() => {});
    const request = new XMLHttpRequest();
    request.open('POST', form.action);
    request.setRequestHeader('Accept', 'application/json');
    request.upload.addEventListener('progress', (sent) => {
      if (!sent.lengthComputable) return;
      meter.value = Math.floor((sent.loaded / sent.total) * 100);
      percent.textContent = `${meter.value}%`;
    });
    request.addEventListener('load', () => answered(request));
    request.addEventListener('error', () => rest([form.dataset.failed]));
    request.addEventListener('abort', () => rest([form.dataset.failed]));
    request.send(new FormData(form));
  });

  window.addEventListener('beforeunload', (event) => {
    if (busy) event.preventDefault();
  });
})();
