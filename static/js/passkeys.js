// Passkeys: the browser asks the device, and the form sends what the device answered.
(() => {
  const form = document.querySelector('[data-passkey]');
  if (!form) return;

  const part = (name) => form.querySelector(`[data-passkey-${name}]`);

  const bytes = (text) =>
    Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), (letter) => letter.charCodeAt(0));

  const text = (buffer) =>
    btoa(String.fromCharCode(...new Uint8Array(buffer)))
      .replace(/\+/g, '-')
      .replace(/\//g, '_')
      .replace(/=+$/, '');

  const decoded = (list) => (list || []).map((known) => ({ ...known, id: bytes(known.id) }));

  async function create(options) {
    const key = await navigator.credentials.create({
      publicKey: {
        ...options,
        challenge: bytes(options.challenge),
        user: { ...options.user, id: bytes(options.user.id) },
        excludeCredentials: decoded(options.excludeCredentials),
      },
    });
    return {
      id: key.id,
      rawId: text(key.rawId),
      type: key.type,
      response: {
        attestationObject: text(key.response.attestationObject),
        clientDataJSON: text(key.response.clientDataJSON),
        transports: key.response.getTransports ? key.response.getTransports() : null,
      },
      extensions: JSON.stringify(key.getClientExtensionResults()),
    };
  }

  async function get(options) {
    const key = await navigator.credentials.get({
      publicKey: {
        ...options,
        challenge: bytes(options.challenge),
        allowCredentials: decoded(options.allowCredentials),
      },
    });
    return {
      id: key.id,
      rawId: text(key.rawId),
      type: key.type,
      response: {
        authenticatorData: text(key.response.authenticatorData),
        clientDataJSON: text(key.response.clientDataJSON),
        signature: text(key.response.signature),
        userHandle: key.response.userHandle ? text(key.response.userHandle) : null,
      },
      assertionClientExtensions: JSON.stringify(key.getClientExtensionResults()),
    };
  }

  async function ask() {
    part('failed').hidden = true;
    part('wait').hidden = false;
    try {
      const options = JSON.parse(form.dataset.options);
      const answer = await (form.dataset.passkey === 'create' ? create(options) : get(options));
      form.elements.credential.value = JSON.stringify(answer);
    } catch {
      part('wait').hidden = true;
      part('failed').hidden = false;
      return;
    }
    form.submit();
  }

  if (!window.PublicKeyCredential) {
    part('wait').hidden = true;
    part('unknown').hidden = false;
    return;
  }
  part('again').addEventListener('click', ask);
  ask();
})();
