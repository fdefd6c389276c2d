"""Words that were typed over a wording that somebody else has replaced meanwhile."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from club.statistics.reports.forms import TEXT_FIELDS, TextsForm
from club.statistics.reports.wordings import Worded, Wording
from club.web.comparing import Section, compared_lines
from club.web.forms import follow, paragraphs


@dataclass(frozen=True)
class Overtaken:
    #: What both have changed: as it was saved meanwhile, and as it was typed.
    sections: list[Section]
    #: Where only the other one has changed something: the form holds that now.
    taken_over: list[str]


def bring_together(
    form: TextsForm, worded: Worded, wordings: Sequence[Wording[Any]]
) -> Overtaken | None:
    """Let the form follow the present revision without losing a word of either; ``None`` where
    nobody came between. Where the wording that the writer had before them is not known, all that
    differs counts as typed.
    """
    if form.revision.data == worded.revision:
        return None
    known = {one.number: one.words for one in wordings}
    present, base = worded.words, known.get(form.revision.data)
    meanwhile = Overtaken([], [])
    for name, typed in form.words.items():
        stands, label = _tidy(present, name), str(TEXT_FIELDS[name])
        if typed == stands:
            continue
        if base is not None and typed == _tidy(base, name):
            form[name].data = stands
            meanwhile.taken_over.append(label)
        elif base is None or stands != _tidy(base, name):
            meanwhile.sections.append(_side_by_side(label, stands, typed))
    follow(form.revision, worded.revision)
    return meanwhile


def words_side_by_side(before: Mapping[str, str], after: Mapping[str, str]) -> list[Section]:
    """Two wordings, by field; only what differs."""
    return [
        _side_by_side(str(label), _tidy(before, name), _tidy(after, name))
        for name, label in TEXT_FIELDS.items()
        if _tidy(before, name) != _tidy(after, name)
    ]


def _side_by_side(label: str, before: str, after: str) -> Section:
    return Section(label, compared_lines(before.splitlines(), after.splitlines()))


def _tidy(words: Mapping[str, str], name: str) -> str:
    """As a field of the form would hold them."""
    return paragraphs(words.get(name)) or ""
