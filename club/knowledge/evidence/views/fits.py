"""Three questions lead to cases, tools and courses. The answers stand in the address alone."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple
from urllib.parse import urlencode

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext

from club.knowledge import queries as knowledge
from club.knowledge import text_queries
from club.knowledge.evidence import queries
from club.knowledge.evidence.asking import NOT_LISTED
from club.knowledge.evidence.bands import SizeBand
from club.knowledge.evidence.choosing import CaseTraits
from club.knowledge.evidence.fitting import (
    ANY,
    Firm,
    FittingCase,
    Trouble,
    fitting_cases,
    uses_in_sector,
)
from club.knowledge.evidence.kinds import MeasureKind
from club.knowledge.evidence.labels import LABELS
from club.knowledge.evidence.models import Problem
from club.knowledge.evidence.reasons import mid_sentence
from club.knowledge.models import Measure
from club.knowledge.rows import CaseRow, CourseLink, TextRow, ToolTag, figure_of
from club.people.sectors import SECTORS, sector_name
from club.web.access import Audience, open_to
from club.web.language import is_english, said

bp = Blueprint("fits", __name__)
_PATH = "/knowledge/fits"
_SIZES = (SizeBand.TO_100, SizeBand.TO_200, SizeBand.TO_1000, SizeBand.OVER_1000)
_MOST_COURSES = 4


class Answer(NamedTuple):
    label: str
    href: str
    #: How many cases there are; ``None`` where that would say nothing.
    cases: int | None


class Given(NamedTuple):
    """What was answered, and the address that asks it again."""

    label: str
    href: str


@dataclass(frozen=True)
class Fit:
    """Something that fits, and why it is shown."""

    item: CaseRow | TextRow | CourseLink
    why: str


@bp.get(_PATH)
@open_to(Audience.EVERYONE)
def fits() -> ResponseReturnValue:
    problems = queries.problems_in_order()
    answered = _answered(problems)
    traits = queries.case_traits()
    problem = next((one for one in problems if one.key == answered.get("problem")), None)
    shown = _fitting(traits, answered, problem) if problem else {}
    page = render_template(
        "knowledge/evidence/fits.html",
        given=_given(answered, problem),
        question=next((name for name in _QUESTIONS if name not in answered), ""),
        answers=_answers(traits, answered, problems),
        problem=problem,
        **shown,
    )
    return page, NOT_LISTED if answered else {}


_QUESTIONS = ("sector", "size", "problem")


def _answered(problems: Sequence[Problem]) -> dict[str, str]:
    """The answers up to the first that is missing or no answer: the rest is asked again."""
    known: dict[str, set[str]] = {
        "sector": {*SECTORS, ANY},
        "size": {*_SIZES, ANY},
        "problem": {problem.key for problem in problems},
    }
    answered: dict[str, str] = {}
    for name in _QUESTIONS:
        given = request.args.get(name, "")
        if given not in known[name]:
            break
        answered[name] = given
    return answered


def _address(answered: Mapping[str, str]) -> str:
    return _PATH + (f"?{urlencode(answered)}" if answered else "")


def _given(answered: Mapping[str, str], problem: Problem | None) -> list[Given]:
    found, before = [], dict[str, str]()
    for name, key in answered.items():
        found.append(Given(_label(name, key, problem), _address(before)))
        before[name] = key
    return found


def _label(name: str, key: str, problem: Problem | None) -> str:
    if name == "problem":
        return said(problem.name, problem.name_en) if problem else key
    if key == ANY:
        return str(gettext("Any sector") if name == "sector" else gettext("Any size"))
    return sector_name(key) if name == "sector" else str(LABELS[SizeBand(key)])


def _answers(
    traits: Sequence[CaseTraits], answered: dict[str, str], problems: Sequence[Problem]
) -> list[Answer]:
    if "sector" not in answered:
        often = Counter(key for one in traits for key in one.values["sector"])
        sectors = [
            Answer(str(name), _address({"sector": key}), often[key])
            for key, name in SECTORS.items()
            if often[key] and key != "other"
        ]
        return [*sectors, Answer(gettext("Another sector"), _address({"sector": ANY}), None)]
    if "size" not in answered:
        sizes = [
            Answer(str(LABELS[s]), _address(answered | {"size": s.value}), None) for s in _SIZES
        ]
        return [
            *sizes,
            Answer(gettext("I would rather not say"), _address(answered | {"size": ANY}), None),
        ]
    if "problem" not in answered:
        return [
            Answer(said(one.name, one.name_en), _address(answered | {"problem": one.key}), None)
            for one in problems
        ]
    return []


def _fitting(
    traits: Sequence[CaseTraits], answered: Mapping[str, str], problem: Problem
) -> dict[str, list[Fit] | bool]:
    firm = Firm(answered["sector"], answered["size"])
    trouble = Trouble(problem.about, problem.tools, queries.texts_speaking_of(problem))
    fitting = fitting_cases(traits, firm, trouble)
    names, pages = knowledge.tool_names(), {page.tool_key: page for page in text_queries.tools()}
    ids = [one.case.id for one in fitting]
    rows, measures = knowledge.case_rows(ids), queries.measures_of(ids)
    tools = [pages[key] for key in problem.tools if key in pages]
    return {
        "cases": [
            Fit(_about_trouble(row, measures[row.id], one), _why_case(one, names))
            for row, one in zip(rows, fitting, strict=True)
        ],
        "none_of_sector": firm.sector != ANY and not any(one.same_sector for one in fitting),
        "tools": [Fit(page, _why_tool(page, traits, firm)) for page in tools],
        "courses": _courses(tools),
    }


def _about_trouble(row: CaseRow, measures: Sequence[Measure], one: FittingCase) -> CaseRow:
    """With the figure that tells of the trouble, which need not be the headline of the case."""
    telling = (measure for measure in measures if measure.about.value in one.about)
    measure = next(telling, None)
    return replace(row, figure=figure_of(measure)) if measure else row


def _why_case(one: FittingCase, names: Mapping[str, ToolTag]) -> str:
    tools = ", ".join(said(names[key].name, names[key].name_en) for key in one.tools)
    kinds = ", ".join(mid_sentence(str(LABELS[MeasureKind(key)])) for key in one.about)
    reasons = [
        gettext("speaks of the same trouble") if one.speaks else "",
        gettext("measured: %(kinds)s", kinds=kinds) if kinds else "",
        gettext("the same sector") if one.same_sector else "",
        gettext("the same size") if one.same_size else "",
        gettext("with %(tools)s", tools=tools) if tools else "",
    ]
    return "; ".join(reason for reason in reasons if reason)


def _why_tool(page: TextRow, traits: Sequence[CaseTraits], firm: Firm) -> str:
    uses = uses_in_sector(traits, page.tool_key or "", firm.sector)
    helps = gettext("helps against this trouble")
    if not uses:
        return str(helps)
    used = ngettext(
        "%(num)s measured case of your sector used it",
        "%(num)s measured cases of your sector used it",
        uses,
    )
    return f"{helps}; {used}"


def _courses(tools: Sequence[TextRow]) -> list[Fit]:
    """Of the nearest tools first, each course once."""
    names = {page.slug: said(page.tool_name, page.tool_name_en) for page in tools}
    found = queries.courses_of_tools(list(names), language="en" if is_english() else "vi")
    first = sorted(found, key=lambda pair: list(names).index(pair[0]))
    taught: dict[str, Fit] = {}
    for slug, course in first:
        why = gettext("teaches what the page on %(tool)s is about", tool=names[slug])
        taught.setdefault(course.code, Fit(course, why))
    return list(taught.values())[:_MOST_COURSES]
