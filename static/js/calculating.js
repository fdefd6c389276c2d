/* Reckoning for the calculators: numbers as people type them, bounds, formulas. Knows no page.
   The same rules stand in club/web/typed_numbers.py (here for the digits 0 to 9 only) and club/indicators/formulas.py. */
globalThis.calculating = (() => {
  const escaped = (sign) => sign.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

  /** The number meant by what is typed (1.184,5 or 1,184.5); null where it is none. */
  function typedNumber(text, english) {
    let typed = text.replace(/\s/g, "").replace(/%$/, "").replace(/\u2212/g, "-");
    let [thousands, decimals] = english ? [",", "."] : [".", ","];
    const point = typed.lastIndexOf(decimals);
    if (point >= 0 && typed.lastIndexOf(thousands) > point) [thousands, decimals] = [decimals, thousands];
    const whole = typed.split(decimals)[0];
    if (new RegExp(`^-?\\d{1,3}(${escaped(thousands)}\\d{3})+$`).test(whole)) {
      typed = typed.replaceAll(thousands, "");
    } else if (!typed.includes(decimals)) {
      typed = typed.replaceAll(thousands, ".");
    }
    typed = typed.replaceAll(decimals, ".");
    return /^-?\d+(\.\d+)?$/.test(typed) ? Number(typed) : null;
  }

  const SIGNS = {
    "+": (first, second) => first + second,
    "-": (first, second) => first - second,
    "*": (first, second) => first * second,
    "/": (first, second) => (second === 0 ? NaN : first / second),
  };

  /** What a formula's steps come to; null where a value is missing or something is divided by 0. */
  function reckoned(steps, values) {
    const left = [];
    for (const step of steps) {
      if (typeof step === "number") {
        left.push(step);
      } else if (step in SIGNS) {
        const second = left.pop();
        left.push(SIGNS[step](left.pop(), second));
      } else {
        if (values[step] === null || values[step] === undefined) return null;
        left.push(values[step]);
      }
    }
    return Number.isFinite(left[0]) ? left[0] : null;
  }

  /** What is wrong with what was typed: the name of a sentence and what it speaks of; null if nothing. */
  function fault(input, text, values, limits) {
    const value = values[input.key];
    if (text.trim() === "") return input.optional ? null : { says: "needed" };
    if (value === null) return { says: "number" };
    if (Math.abs(value) >= 1e15) return { says: "large" };
    if (input.above !== null && value <= input.above) return { says: "above", limit: input.above };
    if (input.at_least !== null && value < input.at_least) return { says: "least", limit: input.at_least };
    if (input.limit !== null && value > input.limit) return { says: "most", limit: input.limit };
    const other = values[input.at_most];
    if (typeof other === "number" && value > other) return { says: "more", other: limits[input.at_most] };
    return null;
  }

  /** 1.184,5 in Vietnamese, 1,184.5 in English; at most two decimals. */
  function written(value, english) {
    const number = new Intl.NumberFormat(english ? "en" : "vi", { maximumFractionDigits: 2 });
    return number.format(Math.abs(value) < 0.005 ? 0 : value);
  }

  return { typedNumber, reckoned, fault, written };
})();
