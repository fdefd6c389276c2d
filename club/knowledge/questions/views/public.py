"""What everybody reads: questions with their answers, and nobody's name."""

from flask import abort, current_app, render_template, request
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from club.knowledge.questions import queries
from club.knowledge.questions.models import MemberQuestion, QuestionState
from club.knowledge.questions.structured_data import question_data
from club.knowledge.questions.views.blueprint import bp
from club.knowledge.rendering import render
from club.web.access import Audience, open_to
from club.web.pages import page_number

_RELATED = 5


@bp.get("/knowledge/questions/")
@open_to(Audience.EVERYONE)
def question_list() -> str:
    topics = queries.topics_with_questions()
    asked_for = request.args.get("topic", "")
    topic = next((one for one in topics if one.key == asked_for), None)
    number = page_number(request.args.get("page"))
    path = "/knowledge/questions/?" + (f"topic={topic.key}&" if topic else "")
    return render_template(
        "knowledge/questions/list.html",
        page=queries.published_questions(topic=topic.key if topic else "", page=number),
        page_url=lambda n: f"{path}page={n}",
        topics=topics,
        chosen=topic,
    )


@bp.get("/knowledge/questions/<string:slug>")
@open_to(Audience.EVERYONE)
def question(slug: str) -> ResponseReturnValue:
    found = queries.question_by_slug(slug) or abort(404)
    if found.state is not QuestionState.PUBLISHED:
        return render_template("knowledge/questions/gone.html"), 410
    return render_template(
        "knowledge/questions/question.html",
        question=found,
        answer=answer_html(found),
        texts=queries.texts_on_topic(found, limit=_RELATED),
        others=queries.other_questions(found, limit=_RELATED),
        address=f"{_site()}/knowledge/questions/{slug}",
    )


@bp.app_template_global()
def question_structured_data(found: MemberQuestion, club: str) -> dict[str, object]:
    return question_data(found, site=_site(), publisher=club)


def answer_html(found: MemberQuestion) -> Markup:
    """Safe to show as it is."""
    return Markup(render(found.answer or "", title=found.title).html)  # noqa: S704  made safe


def _site() -> str:
    return str(current_app.extensions["club.settings"].public_url)
