"""What who asked, and who is asked to draft the answer, are told of a step. The drafter never
reads who asked.
"""

from flask_babel import lazy_gettext
from flask_babel.speaklater import LazyString

from club.accounts.models import Account
from club.accounts.readers import reader
from club.db import db
from club.knowledge.questions.models import MemberQuestion, QuestionStep, QuestionStepKind
from club.knowledge.questions.rules import Party
from club.outbox.telling import tell

_K, _P = QuestionStepKind, Party
#: Who is told what of which step; what is not in here is told to nobody.
_NEWS: dict[tuple[QuestionStepKind, Party], LazyString] = {
    (_K.HANDED, _P.DRAFTER): lazy_gettext("The club asks you to draft the answer to a question"),
    (_K.SENT_BACK, _P.DRAFTER): lazy_gettext("The club asks you to look at your answer once more"),
    (_K.ANSWERED, _P.DRAFTER): lazy_gettext("The club has answered the question itself"),
    (_K.WITHDRAWN, _P.DRAFTER): lazy_gettext("The question you were to answer was withdrawn"),
    (_K.CLOSED, _P.DRAFTER): lazy_gettext("The club has closed the question you were to answer"),
    (_K.PUBLISHED, _P.DRAFTER): lazy_gettext("The answer that you drafted is published"),
    (_K.PUBLISHED, _P.ASKER): lazy_gettext("Your question is answered"),
    (_K.CLOSED, _P.ASKER): lazy_gettext("Your question is closed without being published"),
    (_K.TAKEN_DOWN, _P.ASKER): lazy_gettext("Your question is not public any more"),
}
_TAKEN_FROM = lazy_gettext("The club has asked somebody else to draft the answer")
#: With these the drafter needs the question itself.
_WITH_WORDS = {_K.HANDED, _K.SENT_BACK}


def tell_of(question: MemberQuestion, step: QuestionStep, *, former: int | None, by: int) -> None:
    """In the caller's transaction; nobody is told of an own step. ``former``: the account that
    was to draft the answer before the step.
    """
    drafter = question.drafter_id
    if step.kind is _K.HANDED and former and former != by:
        _write(question, step, _person_of(former), _TAKEN_FROM, _P.DRAFTER)
    said = _NEWS.get((step.kind, _P.DRAFTER))
    if said and drafter and drafter != by:
        _write(question, step, _person_of(drafter), said, _P.DRAFTER)
    said = _NEWS.get((step.kind, _P.ASKER))
    if said and question.person_id:
        _write(question, step, question.person_id, said, _P.ASKER)


def _person_of(account_id: int) -> int:
    return db.session.get_one(Account, account_id).person_id


def _write(
    question: MemberQuestion, step: QuestionStep, person_id: int, said: LazyString, party: Party
) -> None:
    to_asker = party is Party.ASKER
    is_public = step.kind is _K.PUBLISHED
    own = f"/me/questions/{question.public_id}" if to_asker else _path_of_drafter(question)
    tell(
        reader(person_id),
        "knowledge.question_news",
        event=f"{question.public_id}:{step.id}:{party.value}:{person_id}",
        words={
            "said": said,
            "title": question.original_title if to_asker else question.title,
            "question": question.words if step.kind in _WITH_WORDS and not to_asker else None,
            "remark": step.note if to_asker or step.kind in _WITH_WORDS else None,
            "answer": question.answer if to_asker and step.kind is _K.CLOSED else None,
            "path": f"/knowledge/questions/{question.slug}" if is_public else own,
        },
        now=step.at,
    )


def _path_of_drafter(question: MemberQuestion) -> str:
    return f"/teaching/questions/{question.public_id}"
