from club.pilots.views import of_organisation, people, projects
from club.pilots.views.blueprint import bp

__all__ = ["bp", "of_organisation", "people", "projects"]
