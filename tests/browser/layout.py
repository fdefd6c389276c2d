"""What an eye sees at once and axe does not: words that touch, words that are cut off, codes that break."""

from playwright.sync_api import Page

#: A heading keeps this distance, in pixels, from the words above it.
LEAST_GAP = 8

FLAWS = """
(leastGap) => {
  const said = (element) => element.textContent.trim().replace(/\\s+/g, " ").slice(0, 40);
  const isSeen = (element) =>
    element.checkVisibility({ contentVisibilityAuto: true, visibilityProperty: true }) &&
    !element.closest(".visually-hidden, details:not([open]) > :not(summary)");
  const box = (element) => element.getBoundingClientRect();
  const isBeside = (a, b) => a.right <= b.left || a.left >= b.right;
  const speaks = (element) =>
    element.matches(".btn, .empty, .notice, .panel, .form-control, .form-select") ||
    [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
  const floats = (element) => {
    for (let one = element; one; one = one.parentElement) {
      if (["fixed", "sticky", "absolute"].includes(getComputedStyle(one).position)) return true;
    }
    return false;
  };
  const flaws = [];
  const words = [...document.querySelectorAll("main *")].filter(
    (element) => speaks(element) && isSeen(element) && !floats(element)
  );
  for (const heading of document.querySelectorAll("main :is(h2, h3)")) {
    if (!isSeen(heading) || floats(heading)) continue;
    const place = box(heading);
    for (const other of words) {
      if (other.contains(heading) || heading.contains(other) || other.matches(".kicker")) continue;
      const above = box(other);
      if (isBeside(above, place) || above.top >= place.top) continue;
      if (above.bottom > place.top - leastGap) {
        flaws.push(`“${said(heading)}” touches “${said(other)}”`);
      }
    }
  }
  const parts = ".table-stack, .table-scroll, .stat-row";
  const lone = "p, h2, h3, dl, form, .empty, " + parts;
  for (const part of document.querySelectorAll("main :is(" + parts + ")")) {
    const next = part.nextElementSibling;
    if (!next?.matches(lone) || !isSeen(part) || !isSeen(next) || isBeside(box(part), box(next))) continue;
    if (box(next).top - box(part).bottom < leastGap) {
      flaws.push(`“${said(next)}” touches what is above it`);
    }
  }
  const range = document.createRange();
  for (const element of document.querySelectorAll("main :is(th, td) *, main :is(th, td), main .chip")) {
    for (const node of element.childNodes) {
      if (node.nodeType !== 3 || !isSeen(element)) continue;
      const code = node.data.trim();
      if (!/^\\(?(?:[A-Z][A-Za-z0-9.]*(?:-[A-Z0-9]+)*-\\d+|\\d+\\/\\d+\\/\\d{4})\\)?$/.test(code)) continue;
      range.selectNodeContents(node);
      const lines = new Set([...range.getClientRects()].map((line) => Math.round(line.top)));
      if (lines.size > 1) flaws.push(`“${code}” is broken`);
    }
  }
  const pen = document.createElement("canvas").getContext("2d");
  for (const choice of document.querySelectorAll("main select:not([multiple])")) {
    const look = getComputedStyle(choice);
    const room = choice.clientWidth - parseFloat(look.paddingLeft) - parseFloat(look.paddingRight);
    const shown = choice.selectedOptions[0]?.text ?? "";
    pen.font = look.font;
    if (isSeen(choice) && pen.measureText(shown).width > room + 1) {
      flaws.push(`the choice “${shown}” is cut off`);
    }
  }
  return flaws;
}
"""


def flaws(page: Page) -> list[str]:
    """What touches or is cut off on the page as it is shown now."""
    found: list[str] = page.evaluate(FLAWS, LEAST_GAP)
    return found
