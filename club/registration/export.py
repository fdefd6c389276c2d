"""The list of a run as a file for spreadsheets."""

import csv
import io
from collections.abc import Iterable

from flask import Response
from flask_babel import gettext

from club.documents.csv_file import harmless
from club.people.labels import AUDIENCE_LABELS
from club.people.rules.phones import shown_phone
from club.registration.labels import STATES
from club.registration.models import Registration, RegistrationState
from club.registration.questions.models import CourseQuestion, RegistrationAnswer
from club.registration.questions.queries import AnswerTable
from club.web.language import moment, said


def registrations_csv(
    registrations: Iterable[Registration], answers: AnswerTable, *, name: str
) -> Response:
    """UTF-8 with a byte order mark, which Excel needs to read Vietnamese. A column for each
    question of the course.
    """
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(
        [
            gettext("Name"),
            gettext("E-mail"),
            gettext("Phone"),
            gettext("Comes for"),
            gettext("Counted as"),
            gettext("How it stands"),
            gettext("Place in the line"),
            gettext("Registered"),
            *(
                harmless(said(question.wording, question.wording_en))
                for question in answers.questions
            ),
        ]
    )
    line = 0
    for registration in registrations:
        line += registration.state is RegistrationState.WAITING
        given = map(_answer, answers.questions, answers.row(registration.id))
        cells = [*_cells(registration, line), *given]
        writer.writerow([harmless(cell) for cell in cells])
    body = ("\ufeff" + text.getvalue()).encode()
    disposition = f'attachment; filename="{name}"'
    return Response(body, mimetype="text/csv", headers={"Content-Disposition": disposition})


def _cells(registration: Registration, line: int) -> list[str]:
    person, organisation = registration.person, registration.organisation
    waits = registration.state is RegistrationState.WAITING
    return [
        person.full_name,
        person.email or "",
        shown_phone(person.phone),
        organisation.name if organisation else "",
        str(AUDIENCE_LABELS[registration.audience]),
        str(STATES[registration.state]),
        str(line) if waits else "",
        moment(registration.registered_at),
    ]


def _answer(question: CourseQuestion, answer: RegistrationAnswer | None) -> str:
    """Numbers as data, whatever the reader's language; of a file its name."""
    if answer is None:
        return gettext("Not answered yet") if question.is_needed else ""
    if answer.file is not None:
        return answer.file.name
    return f"{answer.number.normalize():f}" if answer.number is not None else answer.words or ""
