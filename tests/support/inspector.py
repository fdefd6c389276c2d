"""Reads a page as a careful person would, and says what is wrong with it."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urlsplit

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}  # fmt: skip
UNLABELLED = {"hidden", "submit", "button", "image", "reset"}
LOADS = {"script": "src", "img": "src", "link": "href", "iframe": "src", "source": "src", "use": "href"}  # fmt: skip


@dataclass
class Page(HTMLParser):
    """What a page consists of, as far as the complaints need it."""

    text: str
    ids: list[str] = field(default_factory=list)
    headings: list[str] = field(default_factory=list)
    title: str = ""
    language: str | None = None
    labels_for: set[str] = field(default_factory=set)
    controls: list[tuple[str, dict[str, str | None], bool]] = field(default_factory=list)
    forms: list[dict[str, str | None]] = field(default_factory=list)
    tokens: set[int] = field(default_factory=set)
    problems: list[str] = field(default_factory=list)
    open: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._in_form = -1
        self.feed(self.text)
        if self.open:
            self.problems.append(f"never closed: {self.open}")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if len(given) < len(attrs):
            self.problems.append(f"<{tag}> has an attribute twice: {[name for name, _ in attrs]}")
        if tag not in VOID:
            self.open.append(tag)
        if given.get("id"):
            self.ids.append(str(given["id"]))
        self._look_at(tag, given)

    def _look_at(self, tag: str, given: dict[str, str | None]) -> None:
        match tag:
            case "html":
                self.language = given.get("lang")
            case "h1":
                self.headings.append("")
            case "label":
                self.labels_for.add(str(given.get("for")))
            case "a":
                self.links.append(str(given.get("href")))
            case "form":
                self.forms.append(given)
                self._in_form = len(self.forms) - 1
            case "input" | "select" | "textarea":
                self.controls.append((tag, given, "label" in self.open))
                if given.get("name") == "csrf_token":
                    self.tokens.add(self._in_form)
        self._look_for_forbidden(tag, given)

    def _look_for_forbidden(self, tag: str, given: dict[str, str | None]) -> None:
        address = given.get(LOADS.get(tag, ""))
        only_names_it = given.get("rel") in {"canonical", "alternate"}
        if address and urlsplit(address).netloc and not only_names_it:
            self.problems.append(f"<{tag}> loads from elsewhere: {address}")
        for name in given:
            if name == "style" or name.startswith("on"):
                self.problems.append(f"<{tag}> has {name}=")

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        if not self.open or self.open[-1] != tag:
            self.problems.append(f"</{tag}> closes {self.open[-1:]} at {self.getpos()}")
        if tag in self.open:
            while self.open.pop() != tag:
                pass
        if tag == "form":
            self._in_form = -1

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        if "h1" in self.open and "svg" not in self.open:
            self.headings[-1] += data
        if "title" in self.open and "svg" not in self.open:
            self.title += data


def complaints(text: str, *, says_its_name: bool = True) -> list[str]:
    """What is wrong with a whole HTML page; nothing when it is well made.

    ``says_its_name``: the title holds the heading.
    """
    page = Page(text)
    found = list(page.problems)
    headings = [" ".join(heading.split()) for heading in page.headings]
    if len(headings) != 1:
        found.append(f"{len(headings)} h1: {headings}")
    elif says_its_name and headings[0] not in " ".join(page.title.split()):
        found.append(f"title {page.title.strip()!r} does not say {headings[0]!r}")
    if page.language not in {"vi", "en"}:
        found.append(f"language {page.language}")
    if twice := {i for i in page.ids if page.ids.count(i) > 1}:
        found.append(f"ids twice: {sorted(twice)}")
    found += _form_complaints(page)
    return found


def _form_complaints(page: Page) -> list[str]:
    found = []
    for number, form in enumerate(page.forms):
        method = (form.get("method") or "").lower()
        if method not in {"get", "post"}:
            found.append(f"a form without a method: {form}")
        if method == "post" and number not in page.tokens:
            found.append(f"a form without a token: {form}")
    for tag, given, inside_label in page.controls:
        named = given.get("aria-label") or given.get("aria-labelledby") or given.get("title")
        if (given.get("type") or "text") in UNLABELLED or named or inside_label:
            continue
        if given.get("id") not in page.labels_for:
            found.append(f"<{tag} name={given.get('name')}> has no label")
    return found
