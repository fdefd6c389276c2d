"""Every sentence the site can say, against what the Vietnamese catalogues hold.

A word or two that several rooms say stands in a catalogue of all, ``web*.po``, so that nobody
words it for one room alone; what a room means otherwise it says with a context, or in more words.

    python -m tests.support.catalogue [ROOM …]

prints what is missing, fuzzy or no longer used, and says so by its exit status.
"""

import ast
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po

from tests.support.sources import nodes_of

ROOT = Path(__file__).parents[2]
CATALOGUES = ROOT / "club" / "translations" / "vi"
#: Translations of libraries: they hold what a library may say, not what our sources contain.
OF_LIBRARIES = {"flask_security.po", "wtforms.po"}
KEYWORDS = {
    "_": None,
    "gettext": None,
    "lazy_gettext": None,
    "translated": None,
    "ngettext": (1, 2),
    "lazy_ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "lazy_pgettext": ((1, "c"), 2),
}
#: Catalogues of what several rooms say.
SHARED = "web"
#: They name what rooms do in the rooms' own words, whatever those are.
NAMING = {"club/audit/actions.py", "club/audit/words.py"}
#: So short, a sentence means one thing here and another there.
FEW_WORDS = 2
#: A file without any of them need not be taken apart, which is what takes the time.
SAYS_SOMETHING = re.compile("|".join(rf"\b{word}\b" for word in [*KEYWORDS, "trans"]).encode())


class Sentence(NamedTuple):
    text: str
    context: str | None = None
    #: Whether it is said with a number.
    plural: bool = False


@dataclass
class Findings:
    missing: dict[str, str] = field(default_factory=dict)
    fuzzy: list[str] = field(default_factory=list)
    stale: list[str] = field(default_factory=list)
    twice: list[str] = field(default_factory=list)
    borrowed: list[str] = field(default_factory=list)

    def lines(self) -> list[str]:
        return [
            *(f"missing   {where}: {sentence!r}" for sentence, where in self.missing.items()),
            *(f"fuzzy     {entry}" for entry in self.fuzzy),
            *(f"unused    {entry}" for entry in self.stale),
            *(f"two ways  {entry}" for entry in self.twice),
            *(f"borrowed  {entry}" for entry in self.borrowed),
        ]


def look() -> Findings:
    said: dict[Sentence, list[str]] = defaultdict(list)
    for sentence, where in sentences():
        said[sentence].append(where)
    findings = Findings()
    known: dict[Sentence, str] = {}
    for path in sorted(CATALOGUES.glob("*.po")):
        for message in _entries(path):
            keys, translation = _serves(message), _first(message.string)
            entry = f"{path.name}: {_first(message.id)!r}"
            if message.fuzzy:
                findings.fuzzy.append(entry)
            elif translation and any(known.setdefault(k, translation) != translation for k in keys):
                findings.twice.append(entry)
            if not keys & said.keys() and path.name not in OF_LIBRARIES:
                findings.stale.append(entry)
            places = [place for key in keys for place in said.get(key, ())]
            if _is_short(message) and (elsewhere := _outside(path, places)):
                findings.borrowed.append(f"{entry} ({translation}): {', '.join(elsewhere)}")
    findings.missing = {s.text: places[-1] for s, places in said.items() if s not in known}
    return findings


def _is_short(message) -> bool:
    """Whether it says too little to mean one thing by itself; a context says what is meant."""
    return not message.context and len(_first(message.id).split()) <= FEW_WORDS


def _outside(catalogue: Path, places: list[str]) -> list[str]:
    """Where rooms other than the catalogue's say it, who rely on a word chosen for that room."""
    room = catalogue.stem.split("_")[0]
    if room == SHARED or catalogue.name in OF_LIBRARIES:
        return []
    return sorted(place for place in places if _room(place) not in {room, None})


def _room(place: str) -> str | None:
    """Whose words stand there; nobody's where things of all rooms are only named."""
    path = place.partition(":")[0]
    _top, room, *file = path.split("/")
    if path in NAMING or not file:
        return None
    return SHARED if room.startswith("_") else room


def _serves(message) -> set[Sentence]:
    """What an entry translates: one with a plural also serves the singular alone."""
    source = _first(message.id)
    single = Sentence(source, message.context)
    return {single, single._replace(plural=True)} if message.pluralizable else {single}


def sentences() -> Iterator[tuple[Sentence, str]]:
    """Each source sentence with the file and line where it stands."""
    for path in sorted((ROOT / "club").rglob("*.py")):
        yield from _extracted("python", path)
        yield from _refusals(path)
    for path in sorted((ROOT / "templates").rglob("*.*")):
        if path.suffix in {".html", ".txt", ".xml"}:
            yield from _extracted("jinja2", path)


def _extracted(kind: str, path: Path) -> Iterator[tuple[Sentence, str]]:
    if not SAYS_SOMETHING.search(path.read_bytes()):
        return
    method = {"python": "python", "jinja2": "jinja2.ext:babel_extract"}[kind]
    options = {"trimmed": "true", "silent": "false"} if kind == "jinja2" else {}
    found = extract_from_file(method, path, keywords=KEYWORDS, options=options)
    for line, message, _comments, context in found:
        if text := _first(message):
            sentence = Sentence(text, context, plural=isinstance(message, (tuple, list)))
            yield sentence, f"{path.relative_to(ROOT)}:{line}"


def _refusals(path: Path) -> Iterator[tuple[Sentence, str]]:
    """The members of refusals: sentences that say why not.

    They are the enums of a room's rules, and those elsewhere that are called so. Sentences
    begin with a capital; other enums of rules have keys for values.
    """
    is_rules = path.name == "rules.py" or path.parent.name == "rules"
    if "StrEnum" not in path.read_text(encoding="utf-8"):
        return
    for node in nodes_of(path):
        if not isinstance(node, ast.ClassDef) or not (is_rules or node.name.endswith("Refusal")):
            continue
        if any("StrEnum" in ast.dump(b) for b in node.bases):
            for step in node.body:
                value = getattr(step, "value", None)
                if isinstance(step, ast.Assign) and isinstance(value, ast.Constant):
                    sentence = str(value.value)
                    if sentence[:1].isupper():
                        yield Sentence(sentence), f"{path.relative_to(ROOT)}:{step.lineno}"


def _entries(path: Path):
    with path.open("rb") as file:
        return [message for message in read_po(file, locale="vi") if message.id]


def _first(text: object) -> str:
    if isinstance(text, (tuple, list)):
        text = text[0] if text else ""
    return str(text or "")


def main() -> int:
    lines = look().lines()
    rooms = sys.argv[1:]
    for line in lines:
        if not rooms or any(f"/{room}" in line or f" {room}." in line for room in rooms):
            sys.stdout.write(line + "\n")
    sys.stdout.write(f"{len(lines)} in all\n")
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(main())
