"""A person's own transcript: on a page, as a file to print, and as data."""

from flask import Response, current_app, jsonify, render_template, request
from flask_login import current_user

from club import clock
from club.config import Settings
from club.files.names import content_disposition
from club.identity.queries import club_profile_on
from club.records.certificates.queries import certificates_of
from club.records.transcripts.data import TRANSCRIPT_SCHEMA, transcript_data
from club.records.transcripts.printing import transcript_pdf
from club.records.transcripts.reading import Transcript, transcript_of
from club.records.transcripts.wanted import wanted_from
from club.records.views.blueprint import bp
from club.web.access import Audience, open_to
from club.web.described import described
from club.web.language import said


@bp.get("/me/records")
@open_to(Audience.SIGNED_IN)
def my_records() -> str:
    transcript = _own()
    offered = ((key, transcript.topics[key]) for key in transcript.topics_offered)
    return render_template(
        "records/my_records.html",
        transcript=transcript,
        choices={
            "year": [(year, year) for year in transcript.years_offered],
            "topic": [(key, said(topic.name, topic.name_en)) for key, topic in offered],
        },
        certificates=certificates_of(current_user.person_id),
    )


@bp.get("/me/records.pdf")
@open_to(Audience.SIGNED_IN)
def my_records_pdf() -> Response:
    settings: Settings = current_app.extensions["club.settings"]
    transcript, now = _own(), clock.now()
    profile = club_profile_on(clock.local_day(now))
    made = transcript_pdf(
        transcript,
        issuer=profile.name if profile else "",
        public_url=settings.public_url,
        made_at=now,
    )
    return _file(Response(made, mimetype="application/pdf"), transcript, "pdf")


@bp.get("/me/records.json")
@open_to(Audience.SIGNED_IN)
@described(
    "What the signed-in person learned here",
    TRANSCRIPT_SCHEMA,
    query={"year": "Only classes that ended in this year", "topic": "Key of a topic"},
)
def my_records_data() -> Response:
    transcript = _own()
    answer = jsonify(transcript_data(transcript, made_at=clock.now()))
    return _file(answer, transcript, "json")


def _own() -> Transcript:
    return transcript_of(current_user.person, wanted_from(request.args))


def _file(answer: Response, transcript: Transcript, ending: str) -> Response:
    name = f"Hồ sơ đào tạo - {transcript.person.full_name}.{ending}"
    answer.headers["Content-Disposition"] = content_disposition(name)
    return answer
