"""What this room keeps about a person."""

from flask_babel import lazy_gettext
from sqlalchemy import delete, or_, select, update

from club.db import transaction
from club.knowledge.agreements.models import Agreement
from club.knowledge.editing.models import Draft, DraftComment
from club.knowledge.models import Article, PersonTopic, Topic
from club.knowledge.pictures.models import DraftPicture, Picture
from club.knowledge.proposals import personal_rows as proposals
from club.knowledge.questions import personal_rows as questions
from club.knowledge.reading.models import ArticleMark
from club.web.personal_data import ERASED_NAME, Erasure, Kept, Moves, PersonalPart, Rows, Whose


def _topics(whose: Whose) -> Rows:
    return (
        select(Topic.name.label("topic"), PersonTopic.since, PersonTopic.ended_at)
        .join(Topic, Topic.id == PersonTopic.topic_id)
        .where(PersonTopic.person_id == whose.person_id)
        .order_by(PersonTopic.id)
    )


def _drafts(whose: Whose) -> Rows:
    return (
        select(
            Draft.facts.label("text"),
            Draft.note,
            Draft.state,
            Draft.created_at,
            Draft.modified_at,
            Draft.proposed_at,
            Draft.names_proposer.label("readers_are_told_the_name"),
        )
        .where(or_(Draft.author_id == whose.account_id, Draft.proposer_id == whose.person_id))
        .order_by(Draft.id)
    )


def _comments(whose: Whose) -> Rows:
    return (
        select(DraftComment.text, DraftComment.at, DraftComment.settled_at)
        .where(DraftComment.by_id == whose.account_id)
        .order_by(DraftComment.id)
    )


def _pictures(whose: Whose) -> Rows:
    return (
        select(Picture.code, DraftPicture.alt, DraftPicture.caption, DraftPicture.credit)
        .add_columns(DraftPicture.added_at)
        .join(Picture, Picture.id == DraftPicture.picture_id)
        .join(Draft, Draft.id == DraftPicture.draft_id)
        .where(Draft.author_id == whose.account_id)
        .order_by(DraftPicture.draft_id, DraftPicture.picture_id)
    )


def _agreements(whose: Whose) -> Rows:
    return (
        select(
            Agreement.organisation_name.label("organisation"),
            Agreement.given_by,
            Agreement.given_by_role,
            Agreement.given_on,
            Agreement.words,
            Agreement.state,
        )
        .where(Agreement.given_by_id == whose.account_id)
        .order_by(Agreement.id)
    )


def _marks(whose: Whose) -> Rows:
    return (
        select(Article.title, Article.slug, ArticleMark.kind, ArticleMark.made_at)
        .join(Article, Article.id == ArticleMark.article_id)
        .where(ArticleMark.person_id == whose.person_id)
        .order_by(ArticleMark.id)
    )


def _erase(erasure: Erasure) -> None:
    with transaction() as session:
        for table in (PersonTopic, ArticleMark):
            session.execute(delete(table).where(table.person_id == erasure.whose.person_id))
        given = Agreement.given_by_id == erasure.whose.account_id
        session.execute(update(Agreement).where(given).values(given_by=ERASED_NAME))
    proposals.erase(erasure)
    questions.erase(erasure)


PERSONAL_DATA = PersonalPart(
    "knowledge",
    lazy_gettext("Topics you follow, texts you keep and write, and what you asked the club"),
    [
        Kept(
            lazy_gettext("Which topics you follow, from when to when"),
            lazy_gettext("Classes may keep places for those who follow their topic"),
            lazy_gettext("Until you ask for it to be erased"),
            lazy_gettext("You"),
        ),
        Kept(
            lazy_gettext("Which texts you keep to read, and which helped you"),
            lazy_gettext("Your reading list; texts show how many people they helped, and no names"),
            lazy_gettext("Until you take it back"),
            lazy_gettext("You"),
        ),
        Kept(
            lazy_gettext(
                "Texts of the library that you wrote or looked over, their pictures, and your"
                " remarks"
            ),
            lazy_gettext("Readers see who stands behind a text; writers talk about drafts"),
            lazy_gettext("As long as the text; after erasure without your name"),
            lazy_gettext("Everybody; drafts and remarks: who writes and who looks them over"),
        ),
        Kept(
            lazy_gettext("Cases that you proposed, and whether readers are told your name"),
            lazy_gettext("The club looks them over, asks back and publishes them"),
            lazy_gettext(
                "A published case stays, after erasure without your name; what was not published"
                " is emptied"
            ),
            lazy_gettext("You; once handed in, who looks it over; your name as you wish"),
        ),
        Kept(
            lazy_gettext("What you agreed to for your firm, to be published of it"),
            lazy_gettext("A case of a firm is published only as far as the firm agrees"),
            lazy_gettext("As long as the case; after erasure without your name"),
            lazy_gettext("Editors of the library, and who speaks for the firm"),
        ),
        Kept(
            lazy_gettext(
                "Questions that you asked the club, as you wrote them, and what became of them"
            ),
            lazy_gettext("The club answers you, and publishes the answer without your name"),
            lazy_gettext(
                "Until you ask for it to be erased; a published question stays, without anything"
                " that leads to you"
            ),
            lazy_gettext(
                "You and the club's coordinators; whoever drafts the answer reads the question"
                " without your name"
            ),
        ),
    ],
    rows={
        "person_topic": _topics,
        "article_mark": _marks,
        "article_draft": _drafts,
        "article_draft_comment": _comments,
        "draft_picture": _pictures,
        "publication_agreement": _agreements,
        "member_question": questions.questions_of,
        "member_question_step": questions.steps_of,
    },
    files_left_out={
        "publication_agreement.scan_id": lazy_gettext(
            "agreements that a firm signed on paper: their scans are the firm's"
        )
    },
    seen_as={"member_question": questions.ids_of},
    acted=[
        "article.checked_by_id",
        "document.checked_by_id",
        "article_revision.by_id",
        "article_revision.reviewed_by_id",
        "article_draft.modified_by_id",
        "article_draft_hand.account_id",
        "article_draft_copy.by_id",
        "article_draft_step.by_id",
        "article_draft_comment.settled_by_id",
        "promoted_answer.made_by_id",
        "promoted_answer.ended_by_id",
        "member_question.drafter_id",
        "member_question_step.by_id",
        "member_question_step.drafter_id",
    ],
    erase=_erase,
    moves={
        "person_topic": Moves(lazy_gettext("Topics followed")),
        "article_mark": Moves(lazy_gettext("Texts kept to read, and those that helped")),
        "article_draft": Moves(lazy_gettext("Cases proposed"), column="proposer_id"),
        "member_question": Moves(lazy_gettext("Questions to the club")),
    },
)
