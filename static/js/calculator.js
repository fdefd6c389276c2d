/* One calculator: what is typed stays in this page; nothing is sent or kept. */
(() => {
  const form = document.querySelector("[data-calculator]");
  const facts = JSON.parse(document.getElementById("calculator-facts").textContent);
  const { typedNumber, reckoned, fault, written } = globalThis.calculating;
  const results = document.getElementById("calculator-results");
  const field = (key) => form.elements.namedItem(key);
  const labels = Object.fromEntries(facts.inputs.map((input) => [input.key, input.label]));
  const filled = (sentence, values) =>
    sentence.replace(/\{(\w+)\}/g, (all, name) => values[name] ?? all);

  function show(input, found) {
    const place = document.getElementById(`${input.key}-error`);
    const limit = found?.limit === undefined ? undefined : written(found.limit, facts.english);
    place.hidden = !found;
    place.lastElementChild.textContent = found
      ? filled(facts.words[found.says], { label: input.label, limit, other: found.other })
      : "";
    field(input.key).classList.toggle("is-invalid", Boolean(found));
    if (found) field(input.key).setAttribute("aria-invalid", "true");
    else field(input.key).removeAttribute("aria-invalid");
  }

  function tell(result, value) {
    const place = document.getElementById(`${result.key}-result`);
    const number = value === null ? "" : written(value, facts.english);
    const tooMuch = value !== null && result.limit !== null && value > result.limit + 1e-9;
    place.hidden = value === null;
    place.classList.toggle("calculator-doubtful", tooMuch);
    place.querySelector("[data-value]").textContent = number;
    place.querySelector("[data-says]").textContent = tooMuch
      ? filled(facts.words.doubtful, { label: result.label, limit: written(result.limit, facts.english) })
      : filled(result.says, { value: number });
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const texts = Object.fromEntries(facts.inputs.map(({ key }) => [key, field(key).value]));
    const values = Object.fromEntries(
      facts.inputs.map(({ key }) => [key, typedNumber(texts[key], facts.english)]),
    );
    const faults = facts.inputs.map((input) => fault(input, texts[input.key], values, labels));
    facts.inputs.forEach((input, place) => show(input, faults[place]));
    const first = faults.findIndex(Boolean);
    results.hidden = first >= 0;
    if (first >= 0) {
      field(facts.inputs[first].key).focus();
      return;
    }
    facts.results.forEach((result) => tell(result, reckoned(result.steps, values)));
    results.focus();
  });

  form.addEventListener("reset", () => {
    facts.inputs.forEach((input) => show(input, null));
    results.hidden = true;
  });

  form.querySelector("[data-example]").addEventListener("click", () => {
    for (const input of facts.inputs) field(input.key).value = written(input.example, facts.english);
    form.requestSubmit();
  });

  form.querySelector("[data-print]").addEventListener("click", () => globalThis.print());
  document.querySelector("[data-without-script]").hidden = true;
  form.hidden = false;
})();
