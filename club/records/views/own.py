"""A person's own records."""

from flask import render_template
from flask_login import current_user

from club.records import queries
from club.records.certificates.queries import certificates_of
from club.records.rules import hours_by_year
from club.records.views.blueprint import bp
from club.web.access import Audience, open_to


@bp.get("/me/records")
@open_to(Audience.SIGNED_IN)
def my_records() -> str:
    records = queries.records_of(current_user.person_id)
    return render_template(
        "records/my_records.html",
        years=hours_by_year(records),
        records=records,
        topics=queries.topic_names(),
        certificates=certificates_of(current_user.person_id),
    )
