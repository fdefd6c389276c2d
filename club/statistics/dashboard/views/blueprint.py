from flask import Blueprint

from club.web.access import Audience

bp = Blueprint("dashboard", __name__)
READERS = (Audience.OFFICIAL, Audience.COORDINATOR, Audience.ADMINISTRATOR)
HERE = "/office/dashboard"
