from flask import Blueprint

from club.records.certificates.codes import written

bp = Blueprint("awards", __name__)
bp.add_app_template_filter(written, "written_code")
