from flask import Blueprint

from club.web.access import Audience

bp = Blueprint("assessment", __name__)

#: Who runs assessments.
STAFF = (Audience.COORDINATOR, Audience.ADMINISTRATOR)
#: Who votes on a panel; whoever runs assessments does as well.
PANEL = (Audience.ASSESSOR, *STAFF)
