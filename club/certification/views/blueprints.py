"""All pages of certification, as ``club.rooms`` hangs them up, and what the search asks."""

from club.certification.register.indexing import names_listed
from club.certification.views.assessment import bp as assessment_bp
from club.certification.views.awards import bp as awards_bp
from club.certification.views.candidacy import bp as candidacies_bp
from club.certification.views.certificate_papers import bp as certificate_papers_bp
from club.certification.views.figures import bp as figures_bp
from club.certification.views.helping import bp as help_requests_bp
from club.certification.views.objections import bp as objections_bp
from club.certification.views.office import bp as certification_bp
from club.certification.views.own import bp as my_certification_bp
from club.certification.views.register import bp as experts_bp
from club.certification.views.schemes import bp as schemes_bp
from club.search.above import STILL_SHOWN
from club.search.models import FoundKind

BLUEPRINTS = [
    certification_bp,
    certificate_papers_bp,
    my_certification_bp,
    experts_bp,
    help_requests_bp,
    schemes_bp,
    candidacies_bp,
    assessment_bp,
    objections_bp,
    figures_bp,
    awards_bp,
]
STILL_SHOWN[FoundKind.EXPERT] = names_listed
