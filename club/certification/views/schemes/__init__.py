"""The pages of schemes: the coordinators' editor, and what everybody reads."""

from club.certification.views.schemes import (
    desk,
    levels,
    preview,
    publishing,
    reading,
    requirements,
)
from club.certification.views.schemes.blueprint import bp

__all__ = ["bp", "desk", "levels", "preview", "publishing", "reading", "requirements"]
