"""The pages of assessments. Importing this package hangs all of them on the blueprint."""

from club.certification.views.assessment import pilots, running, tasks
from club.certification.views.assessment.blueprint import bp

__all__ = ["bp", "pilots", "running", "tasks"]
