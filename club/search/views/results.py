from dataclasses import dataclass, replace
from urllib.parse import urlencode

from flask import render_template, request

from club import clock
from club.search.above import promoted_names, still_shown, tell_unanswered
from club.search.engines import COUNTED, DEPTH
from club.search.models import FoundKind
from club.search.queries import Findings, find, meant
from club.search.views.blueprint import bp
from club.search.words import LONGEST_QUESTION, question
from club.vietnamese import tidy_line
from club.web.access import Audience, open_to
from club.web.language import LANGUAGES, is_english
from club.web.pages import Page, page_number

PAGE_SIZE = 20
#: Beyond it nobody looks, and the best of each set are ordered no further.
_LAST_PAGE = DEPTH // PAGE_SIZE


@dataclass(frozen=True)
class Asked:
    q: str
    kind: FoundKind | None

    def address(self, *, kind: FoundKind | None, page: int = 1, q: str = "") -> str:
        given = {
            "q": q or self.q,
            "kind": kind.value if kind else "",
            "page": page if page > 1 else "",
        }
        return "/search?" + urlencode({name: value for name, value in given.items() if value})


@bp.get("/search")
@open_to(Audience.EVERYONE)
def results() -> str:
    asked = Asked(
        q=tidy_line(request.args.get("q", "")[:LONGEST_QUESTION]),
        kind=_kind(request.args.get("kind")),
    )
    now = clock.now()
    number = min(_LAST_PAGE, page_number(request.args.get("page")))
    language = "en" if is_english() else "vi"
    findings = find(
        asked.q,
        language=language,
        else_in=next(other for other in LANGUAGES if other != language),
        kinds=[asked.kind] if asked.kind else [],
        limit=PAGE_SIZE,
        offset=(number - 1) * PAGE_SIZE,
        promoted=promoted_names(question(asked.q), now) if not asked.kind and number == 1 else (),
    )
    findings = replace(
        findings,
        results=still_shown(findings.results, now),
        promoted=still_shown(findings.promoted, now),
    )
    if is_in_vain(findings):
        tell_unanswered(asked.q, now)
    reachable = min(findings.total, _LAST_PAGE * PAGE_SIZE)
    return render_template(
        "search/results.html",
        asked=asked,
        findings=findings,
        kinds=list(findings.counts if findings.are_counted else FoundKind),
        most_counted=COUNTED,
        meant=_meant(findings),
        page=Page(findings.results, number, PAGE_SIZE, reachable),
        page_url=lambda n: asked.address(kind=asked.kind, page=n),
    )


def _meant(findings: Findings) -> str | None:
    """What to ask back where no page at all has the words."""
    return meant(findings.question, language=findings.language) if is_in_vain(findings) else None


def is_in_vain(findings: Findings) -> bool:
    """Whether no page at all has the words, and editors have no answer either."""
    return not (findings.question.is_empty or findings.counts or findings.promoted)


def _kind(typed: str | None) -> FoundKind | None:
    return FoundKind(typed) if typed in {kind.value for kind in FoundKind} else None
