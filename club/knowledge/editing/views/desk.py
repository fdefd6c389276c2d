"""The desk of those who write and look after the texts of the library."""

from flask import abort, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from club import clock
from club.accounts.queries import names_of
from club.knowledge import queries as knowledge
from club.knowledge.editing import queries
from club.knowledge.editing.also_due import also_due
from club.knowledge.editing.forms import CheckForm, RetirementForm
from club.knowledge.editing.models import TextState
from club.knowledge.editing.operations import drafting, looking_after
from club.knowledge.editing.permissions import may_edit, may_write_on
from club.knowledge.editing.rules import TRANSITIONS, EditingRefusal, state_of_text
from club.knowledge.editing.views.blueprint import EDITORS, WRITERS, account, bp
from club.knowledge.facts import Consent
from club.knowledge.models import Article, ArticleKind
from club.refusal import RefusedError
from club.vietnamese import tidy_line
from club.web.access import open_to, permit
from club.web.forms import show_refusal
from club.web.keeping import kept_or_again


@bp.get("/office/knowledge/")
@open_to(*WRITERS)
def desk() -> str:
    edits, now = may_edit(account()), clock.now()
    drafts = queries.open_drafts(author=current_user.id, and_others=edits)
    asked = tidy_line(request.args.get("q", ""))[:100]
    waiting = [one for one in drafts if one.state is TextState.IN_REVIEW]
    return render_template(
        "knowledge/editing/desk.html",
        edits=edits,
        waiting=waiting,
        written=[one for one in drafts if one not in waiting],
        due=queries.texts_due(on=clock.local_day(now)) if edits else [],
        also_due=also_due(clock.local_day(now)) if edits else [],
        kinds=list(ArticleKind),
        asked=asked,
        found=queries.texts_called(asked) if asked else [],
        names=names_of({one.author_id for one in drafts if one.author_id}),
        proposers=queries.proposers_of(drafts),
    )


@bp.post("/office/knowledge/new")
@open_to(*WRITERS)
def begin() -> ResponseReturnValue:
    named = request.form.get("kind", "")
    kind = ArticleKind(named) if named in set(ArticleKind) else ArticleKind.ARTICLE
    draft = drafting.begin(kind, by=current_user.id, now=clock.now())
    return redirect(f"/office/knowledge/drafts/{draft.public_id}")


@bp.get("/office/knowledge/texts/<string:slug>")
@open_to(*WRITERS)
def text(slug: str) -> str:
    return _text_page(_article_or_404(slug), CheckForm())


@bp.post("/office/knowledge/texts/<string:slug>/change")
@open_to(*WRITERS)
def change(slug: str) -> ResponseReturnValue:
    _article_or_404(slug)
    draft = drafting.begin_change(slug, by=current_user.id, now=clock.now())
    if not may_write_on(account(), draft):
        raise RefusedError(EditingRefusal.BEING_CHANGED)
    return redirect(f"/office/knowledge/drafts/{draft.public_id}")


@bp.post("/office/knowledge/texts/<string:slug>/revisions/<int:number>/restoration")
@open_to(*EDITORS)
def restore(slug: str, number: int) -> ResponseReturnValue:
    _article_or_404(slug)
    if number not in queries.revisions_numbered(slug, [number]):
        abort(404)
    draft = drafting.begin_restoring(slug, number, by=current_user.id, now=clock.now())
    flash(
        gettext(
            "This draft says what revision %(number)s said. Hand it in to be looked over.",
            number=number,
        ),
        "success",
    )
    return redirect(f"/office/knowledge/drafts/{draft.public_id}")


@bp.post("/office/knowledge/texts/<string:slug>/check")
@open_to(*EDITORS)
def check(slug: str) -> ResponseReturnValue:
    article, form = _article_or_404(slug), CheckForm()
    return kept_or_again(
        form,
        lambda: looking_after.check(
            slug, review_by=form.review_by.data, by=current_user.id, now=clock.now()
        ),
        lambda: _text_page(article, form),
        said=gettext("Noted: checked today, nothing to change."),
        to=f"/office/knowledge/texts/{slug}",
    )


@bp.post("/office/knowledge/texts/<string:slug>/retirement")
@open_to(*EDITORS)
def retire(slug: str) -> ResponseReturnValue:
    article, form = _article_or_404(slug), RetirementForm()
    typed = (form.replaced_by.data or "").removeprefix("/knowledge/")
    try:
        looking_after.retire(slug, replaced_by=typed or None, by=current_user.id, now=clock.now())
    except RefusedError as refused:
        if refused.field is None:
            raise
        show_refusal(form, refused)
        return _text_page(article, CheckForm(), form), form.answer_status
    flash(gettext("The text has been taken out; readers no longer find it."), "success")
    return redirect(f"/office/knowledge/texts/{slug}")


@bp.post("/office/knowledge/texts/<string:slug>/return")
@open_to(*EDITORS)
def put_back(slug: str) -> ResponseReturnValue:
    _article_or_404(slug)
    looking_after.put_back(slug, by=current_user.id, now=clock.now())
    flash(gettext("The text has been put back; readers find it again."), "success")
    return redirect(f"/office/knowledge/texts/{slug}")


def _article_or_404(slug: str) -> Article:
    article = knowledge.article_by_slug(slug)
    if article is None:
        abort(404)
    permit(may_edit(account()) or article.retired_at is None)
    return article


def _text_page(article: Article, form: CheckForm, retirement: RetirementForm | None = None) -> str:
    state = state_of_text(
        retired_at=article.retired_at, review_by=article.review_by, today=clock.today()
    )
    drafts = queries.open_drafts_of(article.id)
    kept = queries.revisions_of(article.slug)
    return render_template(
        "knowledge/editing/text.html",
        article=article,
        form=form,
        retirement=retirement or RetirementForm(),
        state=state,
        steps={taken.value for taken, (states, _to) in TRANSITIONS.items() if state in states},
        edits=may_edit(account()),
        needs_agreement=queries.present_facts(article).get("consent") == Consent.AGREEMENT.value,
        drafts=[one for one in drafts if may_write_on(account(), one)],
        is_being_changed=bool(drafts),
        citing=queries.texts_citing(article.slug),
        revisions=kept[:5],
        names=names_of(
            {
                one
                for one in (
                    article.checked_by_id,
                    *(draft.author_id for draft in drafts),
                    *(row.by_id for row in kept[:5]),
                )
                if one
            }
        ),
    )
