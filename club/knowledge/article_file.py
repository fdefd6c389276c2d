"""What a file of ``content/`` says, checked in every detail before anything is brought in."""

from pathlib import PurePath

from club.files.content_error import Fault, Wrong
from club.files.fields import Fields, Path
from club.knowledge.article_rules import FOLDERS, Known, read_facts
from club.knowledge.facts import ArticleFacts, Consent
from club.knowledge.front_matter import FrontMatter
from club.knowledge.models import ArticleKind
from club.knowledge.text_rule import TextRule


def read_article_file(
    path: str, text: str, *, known: Known
) -> tuple[ArticleFacts | None, list[Fault]]:
    """The facts of the file at ``path`` (below ``content/``), and all that is wrong with it."""
    matter = FrontMatter(path, text)
    if matter.faults:
        return None, matter.faults
    facts = read_facts(
        matter.fields,
        _AroundTheMatter(matter),
        slug=PurePath(path).stem,
        kind=_kind(matter.fields, path),
        known=known,
        body=matter.body,
    )
    if facts.case and facts.case.consent is not Consent.PUBLISHED_SOURCE:
        matter.fields.fault("consent", Wrong(TextRule.NOT_IN_FILES))
    return facts, matter.faults


class _AroundTheMatter:
    """Complaints about what stands outside the front matter: they have no line there, and the
    text and the file's name no key.
    """

    def __init__(self, matter: FrontMatter) -> None:
        self._matter = matter

    def fault(self, at: Path, message: str) -> None:
        key = "" if at[0] in {"slug", "body"} else str(at[0])
        self._matter.faults.append(Fault(self._matter.path, None, key, message))


def _kind(fields: Fields, path: str) -> ArticleKind:
    kind = fields.choice("kind", ArticleKind)
    expected = FOLDERS[PurePath(path).parts[0]]
    if kind is not expected:
        fields.fault("kind", Wrong(TextRule.OTHER_KIND, kind=expected.value))
    return expected
