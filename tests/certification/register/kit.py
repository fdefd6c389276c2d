"""Experts who stand in the register."""

import secrets

from club.certification.queries import expert_of
from club.certification.register.models import FieldKind
from club.certification.register.operations import Profile, say_of_oneself
from tests.certification.kit import agrees, checked
from tests.support.factories import a_person


def an_expert(full_name="Trần An", *, agreed=True, presentation=None, welcomes=True, **given):
    """Somebody with a checked certificate. ``given``: fields by kind, and facts of the paper."""
    fields = {kind: given.pop(kind.value) for kind in FieldKind if kind.value in given}
    person = given.pop("person", None) or a_person(full_name=full_name)
    if agreed:
        agrees(person)
    checked(person, given.pop("number", secrets.token_hex(4)), **given)
    expert = expert_of(person.id)
    say_of_oneself(expert.id, Profile(presentation, welcomes, fields))
    return expert
