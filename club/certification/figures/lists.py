"""What the log knows the lists behind the figures by, and who stands in which."""

from sqlalchemy import literal, select, union_all

from club.certification.candidacy.models import Candidate
from club.certification.models import ExpertCertificate
from club.web.personal_data import Rows, Whose

#: The kind of all of them, and each.
KIND, EXPERTS, CANDIDACIES = "expert_figures", "experts", "candidacies"


def lists_with(whose: Whose) -> Rows:
    """Which of them may name somebody, and since when."""
    held = select(
        literal(EXPERTS).label("list"), ExpertCertificate.recorded_at.label("since")
    ).where(ExpertCertificate.person_id == whose.person_id)
    begun = select(literal(CANDIDACIES), Candidate.begun_at).where(
        Candidate.person_id == whose.person_id
    )
    either = union_all(held, begun).subquery()
    return select(either.c.list, either.c.since)
