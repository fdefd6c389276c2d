"""Is this file unchanged? For whoever received the PDF of a certificate."""

from flask import jsonify, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from club.files.forms import FileForm
from club.records.certificates.examining import LARGEST, Examined, examine
from club.records.views.blueprint import bp
from club.records.views.verification import known_as_data, verify_page, what_is_known
from club.refusal import RefusedError
from club.web.access import Audience, open_to
from club.web.forms import show_refusal
from club.web.limits import VERIFICATION_FILE, limited
from club.web.requested import wants_data
from club.web.uploads import TooLargeError, takes_files


@bp.post("/verify")
@open_to(Audience.EVERYONE)
@limited(VERIFICATION_FILE)
@takes_files(at_most=LARGEST)
def verify_file() -> ResponseReturnValue:
    form = FileForm()
    if not form.validate():
        return _refused(form)
    content = form.file.data.read(LARGEST + 1)
    if len(content) > LARGEST:
        raise TooLargeError(megabytes=LARGEST >> 20)
    try:
        examined = examine(content)
    except RefusedError as refused:
        show_refusal(form, refused)
        return _refused(form)
    if wants_data():
        return jsonify(_as_data(examined))
    known = what_is_known(examined.certificate) if examined.certificate else {}
    return render_template("records/verify_file.html", examined=examined, form=form, **known)


def _as_data(examined: Examined) -> dict[str, object]:
    certificate = examined.certificate
    return {
        "file": examined.verdict.value,
        "key": examined.key.fingerprint if examined.key else None,
        "certificate": known_as_data(certificate) if certificate else None,
    }


def _refused(form: FileForm) -> ResponseReturnValue:
    if wants_data():
        return jsonify(error=gettext(form.file.errors[0])), form.answer_status
    return verify_page(form, status=form.answer_status)
