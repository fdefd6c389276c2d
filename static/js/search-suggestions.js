// Suggestions below a search box: a combobox with a list, as the ARIA practices describe it. Without
// scripts it stays a plain search box; what is suggested is a link to a page, Enter still searches.
(() => {
  const WAIT = 200;
  const SHORTEST = 2;

  const equip = (input) => {
    const source = input.dataset.suggestions;
    const known = new Map();
    let timer = 0;
    let asking = null;
    let current = -1;

    const list = document.createElement('ul');
    list.id = `${input.id}-suggestions`;
    list.className = 'suggestion-list';
    list.setAttribute('role', 'listbox');
    list.setAttribute('aria-label', input.dataset.suggestionsLabel);
    list.hidden = true;
    const told = document.createElement('p');
    told.className = 'visually-hidden';
    told.setAttribute('role', 'status');
    input.after(list, told);

    // A search field may not be a combobox; a text field may.
    input.type = 'text';
    input.enterKeyHint = 'search';
    input.autocomplete = 'off';
    input.setAttribute('role', 'combobox');
    input.setAttribute('aria-autocomplete', 'list');
    input.setAttribute('aria-controls', list.id);
    input.setAttribute('aria-expanded', 'false');

    const close = () => {
      list.hidden = true;
      current = -1;
      input.setAttribute('aria-expanded', 'false');
      input.removeAttribute('aria-activedescendant');
    };

    const choose = (place) => {
      const options = list.children;
      if (current >= 0) options[current].removeAttribute('aria-selected');
      // Beyond either end lies the text that was typed.
      current = place >= options.length || place < -1 ? -1 : place;
      if (current < 0) {
        input.removeAttribute('aria-activedescendant');
        return;
      }
      options[current].setAttribute('aria-selected', 'true');
      options[current].scrollIntoView({ block: 'nearest' });
      input.setAttribute('aria-activedescendant', options[current].id);
    };

    const show = (answer) => {
      list.replaceChildren(...answer.items.map((item, number) => {
        const option = document.createElement('li');
        const title = document.createElement('span');
        const kind = document.createElement('span');
        option.id = `${list.id}-${number}`;
        option.setAttribute('role', 'option');
        option.dataset.url = item.url;
        title.textContent = item.title;
        kind.className = 'suggestion-kind';
        kind.textContent = item.label;
        option.append(title, kind);
        return option;
      }));
      current = -1;
      input.removeAttribute('aria-activedescendant');
      list.hidden = answer.items.length === 0;
      input.setAttribute('aria-expanded', String(!list.hidden));
      told.textContent = answer.told;
    };

    const ask = async () => {
      const typed = input.value.trim();
      if (asking) asking.abort();
      if (typed.length < SHORTEST) {
        close();
        return;
      }
      if (known.has(typed)) {
        show(known.get(typed));
        return;
      }
      asking = new AbortController();
      try {
        const response = await fetch(`${source}?${new URLSearchParams({ q: typed })}`, { signal: asking.signal });
        if (!response.ok) return;
        const answer = await response.json();
        known.set(typed, answer);
        // Meanwhile somebody may have typed on, or gone elsewhere.
        if (input.value.trim() === typed && document.activeElement === input) show(answer);
      } catch {
        // Without an answer the box still searches.
      }
    };

    input.addEventListener('input', () => {
      clearTimeout(timer);
      timer = setTimeout(ask, WAIT);
    });
    input.addEventListener('keydown', (event) => {
      // Vietnamese is typed with keyboards that compose; their keys are not for the list.
      if (event.isComposing) return;
      if (event.key === 'ArrowDown' && list.hidden) {
        ask();
        event.preventDefault();
      } else if (list.hidden) {
        return;
      } else if (event.key === 'ArrowDown') {
        choose(current + 1);
        event.preventDefault();
      } else if (event.key === 'ArrowUp') {
        choose(current < 0 ? list.children.length - 1 : current - 1);
        event.preventDefault();
      } else if (event.key === 'Escape') {
        close();
        event.preventDefault();
        event.stopPropagation();
      } else if (event.key === 'Enter' && current >= 0) {
        event.preventDefault();
        window.location.assign(list.children[current].dataset.url);
      }
    });
    input.addEventListener('blur', close);
    // The box would lose the focus, and with it the list, before the click arrives.
    list.addEventListener('pointerdown', (event) => event.preventDefault());
    list.addEventListener('click', (event) => {
      const option = event.target.closest('[role=option]');
      if (option) window.location.assign(option.dataset.url);
    });
  };

  for (const input of document.querySelectorAll('input[data-suggestions]')) equip(input);
})();
