"""What is written down of a person, as the person may take it along."""

from sqlalchemy import select

from club.courses.models import Run
from club.records.results.models import PersonResult
from club.web.personal_data import Rows, Whose


def results_of(whose: Whose) -> Rows:
    return (
        select(
            Run.code.label("run"),
            PersonResult.pre_test,
            PersonResult.post_test,
            PersonResult.assignment,
            PersonResult.remark,
            PersonResult.confirmed,
            PersonResult.entered_at,
            PersonResult.superseded_at,
        )
        .join(Run, Run.id == PersonResult.run_id)
        .where(PersonResult.person_id == whose.person_id)
        .order_by(PersonResult.id)
    )
