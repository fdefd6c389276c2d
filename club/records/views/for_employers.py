"""What an organisation sees of its people's training, for those who speak for it."""

from collections.abc import Iterable, Iterator, Sequence

from flask import Response, abort, render_template, request, stream_with_context
from flask_babel import gettext
from flask_login import current_user

from club import clock
from club.audit.looks import gives_list
from club.documents.csv_file import csv_lines, csv_text
from club.files.names import content_disposition
from club.hours import hours_in_file
from club.people import queries as people
from club.people.models import Organisation
from club.people.permissions import may_change_organisation
from club.records import for_employers, queries
from club.records.models import TrainingRecord
from club.records.transcripts.wanted import wanted_from
from club.records.views.blueprint import bp
from club.web.access import Audience, open_to, permit
from club.web.described import CSV, described
from club.web.language import said
from club.web.pages import page_number

COLUMNS = (
    "person", "name", "course", "title", "topic", "run", "ended_on", "hours_attended",
    "hours_planned", "completed", "certificate",
)  # fmt: skip


@bp.get("/organisations/<string:code>/records")
@open_to(Audience.SIGNED_IN)
def organisation_records(code: str) -> str:
    organisation, wanted, today = _organisation(code), wanted_from(request.args), clock.today()
    number = page_number(request.args.get("page"))
    page = for_employers.people_s_records(organisation.id, wanted, on=today, page=number)
    years, had = for_employers.years_and_topics(organisation.id, on=today)
    topics = queries.topic_names()
    return render_template(
        "records/organisation_records.html",
        organisation=organisation,
        wanted=wanted,
        page=page,
        summary=for_employers.summary_for(organisation.id, wanted, on=today),
        certificates=for_employers.certificates_behind(page.items),
        choices={
            "year": [(year, year) for year in years],
            "topic": [(k, said(t.name, t.name_en)) for k, t in topics.items() if k in had],
        },
    )


@bp.get("/organisations/<string:code>/records.csv")
@open_to(Audience.SIGNED_IN)
@described(
    f"Training of an organisation's people, of those who agreed: {', '.join(COLUMNS)}",
    media=CSV,
    query={"year": "Only classes that ended in this year", "topic": "Key of a topic"},
)
@gives_list("organisation", "code")
def organisation_records_csv(code: str) -> Response:
    organisation, wanted = _organisation(code), wanted_from(request.args)
    name = f"{gettext('Training records')} - {organisation.name}.csv"
    pieces = for_employers.all_people_s_records(organisation.id, wanted, on=clock.today())
    answer = Response(stream_with_context(_lines(pieces)), content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = content_disposition(name)
    return answer


def _lines(pieces: Iterable[Sequence[TrainingRecord]]) -> Iterator[str]:
    yield csv_text([COLUMNS])
    for piece in pieces:
        held = for_employers.certificates_behind(piece)
        yield csv_lines(_line(one, held.get((one.run_id, one.person_id), "")) for one in piece)


def _line(record: TrainingRecord, certificate: str) -> list[object]:
    return [
        record.person.public_id,
        record.person.full_name,
        record.course_code,
        record.course_title,
        record.topic_key,
        record.run.code,
        record.day,
        hours_in_file(record.attended_minutes),
        hours_in_file(record.planned_minutes),
        int(record.completed),
        certificate,
    ]


def _organisation(code: str) -> Organisation:
    """For who speaks for it, and for the club's coordinators."""
    found = people.organisation_by_code(code) or abort(404)
    speaks = people.represents(current_user.person_id, found.id, on=clock.today())
    permit(may_change_organisation(current_user, represents=speaks))
    return found
