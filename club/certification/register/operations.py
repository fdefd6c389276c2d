"""What experts say of themselves in the register."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import delete

from club.certification.models import Expert
from club.certification.register.models import ExpertField, FieldKind
from club.db import transaction


@dataclass(frozen=True)
class Profile:
    presentation: str | None
    welcomes_requests: bool
    fields: Mapping[FieldKind, Collection[str]]


def say_of_oneself(expert_id: int, profile: Profile) -> Expert:
    """In place of what was said before. Whether anybody sees it depends on consent."""
    with transaction() as session:
        expert = session.get_one(Expert, expert_id, with_for_update=True, populate_existing=True)
        expert.presentation = profile.presentation
        expert.welcomes_requests = profile.welcomes_requests
        session.execute(delete(ExpertField).where(ExpertField.expert_id == expert_id))
        session.add_all(
            ExpertField(expert_id=expert_id, kind=kind, key=key)
            for kind, keys in profile.fields.items()
            for key in sorted(set(keys))
        )
        session.flush()
        return expert
