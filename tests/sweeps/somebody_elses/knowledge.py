from io import BytesIO

from sqlalchemy import select

from club import clock
from club.files.receiving import receive
from club.knowledge.editing.models import Draft
from club.knowledge.editing.operations import drafting, reviewing
from club.knowledge.finding.models import PromotedAnswer
from club.knowledge.library.models import Document
from club.knowledge.models import Article, ArticleKind
from club.knowledge.pictures.keeping import store_picture
from club.knowledge.pictures.models import Picture
from club.knowledge.pictures.operations import lay_ready
from club.knowledge.sharing.pictures import draw_pictures
from tests.knowledge.agreements import kit as agreements
from tests.knowledge.proposals import kit as proposals
from tests.knowledge.questions import kit as questions
from tests.materials.kit import PDF
from tests.support.demo import TODAY
from tests.support.factories import NOW, an_account, an_organisation, saved
from tests.support.pictures import a_picture
from tests.sweeps.somebody_elses.finding import first


def question_of_a_member():
    return {"public_id": questions.asked().public_id}


def published_question():
    return {"slug": questions.published().slug}


def article_slug():
    return {"slug": first(select(Article)).slug}


def slug_of_the_plan():
    return {"slug": first(select(Document).where(Document.lines.any())).slug}


def chapter_of_the_plan():
    return slug_of_the_plan() | {"chapter": "II"}


def revision_of_a_text():
    return article_slug() | {"number": 1}


def draft_of_a_text():
    slug = first(select(Article).where(Article.retired_at.is_(None))).slug
    return {"public_id": drafting.begin_change(slug, by=an_account().id, now=NOW).public_id}


def picture_of_a_draft():
    found = draft_of_a_text()
    draft = first(select(Draft).where(Draft.public_id == found["public_id"]))
    stored = store_picture(BytesIO(a_picture()))
    lay_ready(draft.id, [stored], by=draft.author_id, now=NOW)
    return found | {"code": stored.address.code}


def picture_of_a_proposal():
    draft, stored = proposals.begun(), store_picture(BytesIO(a_picture()))
    lay_ready(draft.id, [stored], by=draft.author_id, now=NOW)
    return {"public_id": draft.public_id, "code": stored.address.code}


def unpublished_picture():
    picture_of_a_draft()
    return {"name": str(first(select(Picture)).address).rpartition("/")[2]}


def proposal_of_a_member():
    return {"public_id": proposals.begun().public_id, "part": "problem"}


def agreement_of_a_firm():
    draft = agreements.a_new_draft(an_account(), agreements.a_document())
    return {"public_id": agreements.agreed(draft, an_account(), scan=a_scan()).public_id}


def agreement_of_another_organisation():
    firm, draft = an_organisation(), agreements.a_new_draft(an_account(), agreements.a_document())
    given = agreements.agreed(draft, an_account(), code=firm.code, scan=a_scan())
    return {"code": firm.code, "public_id": given.public_id}


def a_scan():
    return receive(BytesIO(PDF), name="giay.pdf")


def remark_on_a_draft():
    found = draft_of_a_text()
    draft = first(select(Draft).where(Draft.public_id == found["public_id"]))
    remark = reviewing.comment(draft.id, "Nên nói rõ", answers=None, by=draft.author_id, now=NOW)
    return found | {"remark_id": remark.id}


def slug_of_a_tool():
    return {"slug": first(select(Article).where(Article.kind == ArticleKind.TOOL)).slug}


def slug_of_a_drawn_tool():
    draw_pictures(now=clock.now, stopped=lambda: False)
    return slug_of_a_tool()


def a_promoted_answer():
    answer = saved(
        PromotedAnswer(
            words="bảo dưỡng",
            asked="#bao_duong",
            ref="tool:tpm",
            from_day=TODAY,
            made_at=NOW,
            made_by_id=an_account().id,
        )
    )
    return {"public_id": answer.public_id}
