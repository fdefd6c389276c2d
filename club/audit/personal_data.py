"""What this room keeps about a person: what the person decided as one of the club's staff.

What others decided about somebody is kept under the thing it is about, and is told there.
"""

from flask_babel import lazy_gettext
from sqlalchemy import select

from club.audit.models import AuditEntry
from club.web.personal_data import Kept, PersonalPart, Rows, Whose


def _decisions(whose: Whose) -> Rows:
    return (
        select(AuditEntry.at, AuditEntry.action, AuditEntry.subject_kind)
        .where(AuditEntry.account_id == whose.account_id)
        .order_by(AuditEntry.id)
    )


PERSONAL_DATA = PersonalPart(
    "audit",
    lazy_gettext("Log of decisions"),
    [
        Kept(
            lazy_gettext(
                "What you decided or changed for the club, and which pages about others you opened"
            ),
            lazy_gettext(
                "So that decisions can be followed, and people see who looked at their data"
            ),
            lazy_gettext("Without end; after erasure without your name"),
            lazy_gettext("Officials and administrators"),
        )
    ],
    rows={"audit_entry": _decisions},
)
