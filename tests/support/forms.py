"""What a browser would send of a form as it stands on a page."""

from collections import defaultdict
from html.parser import HTMLParser


class _Fields(HTMLParser):
    def __init__(self, action: str) -> None:
        super().__init__(convert_charrefs=True)
        self.sent: dict[str, list[str]] = defaultdict(list)
        self._action, self._is_in, self._choice, self._text = action, False, "", ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._is_in = given.get("action") == self._action
        elif not self._is_in:
            return
        elif tag == "input" and _is_sent(given):
            self.sent[given["name"]].append(given.get("value", ""))
        elif tag == "select":
            self._choice = given["name"]
            self.sent[self._choice].append("")
        elif tag == "textarea":
            self._text = given["name"]
            self.sent[self._text].append("")
        elif tag == "option" and "selected" in given:
            self.sent[self._choice][-1] = given["value"]

    def handle_data(self, data: str) -> None:
        if self._text:
            self.sent[self._text][-1] += data.lstrip("\r\n")

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self._text = ""
        if tag == "form":
            self._is_in = False


def _is_sent(given: dict[str, str]) -> bool:
    kind = given.get("type", "text")
    is_ticked = kind not in {"checkbox", "radio"} or "checked" in given
    return "name" in given and kind not in {"file", "submit"} and is_ticked


def as_it_stands(page: str, action: str) -> dict[str, list[str]]:
    """Inputs and choices of the form that goes to ``action``, by name."""
    fields = _Fields(action)
    fields.feed(page)
    assert fields.sent, f"the page has no form that goes to {action}"
    return dict(fields.sent)
