"""Until when the certificates of other bodies hold, as the board of candidates shows it."""

from collections.abc import Collection

from flask_babel import lazy_gettext

from club.certification.candidacy.board import Deadline
from club.certification.candidacy.certificate_queries import ends_of_certificates


def certificate_deadlines(candidate_ids: Collection[int]) -> dict[int, Deadline]:
    what = lazy_gettext("the certificate is valid until")
    ends = ends_of_certificates(candidate_ids)
    return {candidate_id: Deadline(last, what) for candidate_id, last in ends.items()}
