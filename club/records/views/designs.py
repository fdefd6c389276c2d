"""What certificates look like: coordinators word and draw it, and see it before it counts."""

from flask import Response, abort, current_app, flash, redirect, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from club import clock
from club.accounts.queries import names_of
from club.config import Settings
from club.documents.pdf import PdfError
from club.files.receiving import ReceivedFile
from club.files.storage import StorageError
from club.records.certificates import queries
from club.records.certificates.designing import keep_design, keep_picture, sample_pdf
from club.records.certificates.designs import (
    LARGEST_PICTURE,
    Design,
    design_of,
    drawn,
    picture_of,
    wording_of,
)
from club.records.certificates.forms import DesignForm
from club.records.certificates.key_care import trouble_with_the_key
from club.records.certificates.models import CertificateDesign
from club.records.views.blueprint import bp
from club.refusal import RefusedError
from club.web.access import Audience, open_to
from club.web.forms import follow, show_refusal
from club.web.uploads import takes_files

_KEEPERS = (Audience.COORDINATOR, Audience.ADMINISTRATOR)
_LARGEST = 2 * LARGEST_PICTURE


@bp.get("/office/certificates/design")
@open_to(*_KEEPERS)
def design() -> ResponseReturnValue:
    present = queries.present_design()
    words = wording_of(present)
    known = {"language": words.language.value, "seen": _number(present)}
    return _design_page(DesignForm(data=vars(words) | known))


@bp.post("/office/certificates/design")
@open_to(*_KEEPERS)
@takes_files(at_most=_LARGEST)
def keep() -> ResponseReturnValue:
    form, present = DesignForm(), queries.present_design()
    if not form.validate():
        return _design_page(form, status=422)
    try:
        # What cannot be printed now would hold up every certificate later.
        _sample(_shown(form, present), "mau.pdf")
        kept = keep_design(
            form.wording(),
            logo=_kept(form, "logo", present),
            signature=_kept(form, "signature", present),
            seen=form.seen.data,
            by=current_user.id,
            now=clock.now(),
        )
    except PdfError:
        return _not_printable(form)
    except StorageError:
        form.form_errors.append(
            gettext("The file could not be stored. Nothing was saved; try again in a few minutes.")
        )
        return _design_page(form, status=503)
    except RefusedError as refused:
        show_refusal(form, refused)
        # The page lists the newest version, so whoever keeps this one again knows of it.
        follow(form.seen, _number(queries.present_design()))
        return _design_page(form, status=form.answer_status)
    flash(
        gettext(
            "Version %(number)s is kept: certificates issued from now on look like this.",
            number=kept.version,
        ),
        "success",
    )
    return redirect("/office/certificates/design")


@bp.post("/office/certificates/design/preview")
@open_to(*_KEEPERS)
@takes_files(at_most=_LARGEST)
def preview() -> ResponseReturnValue:
    """What is typed, as a sample; nothing of it is kept."""
    form, present = DesignForm(), queries.present_design()
    if not form.validate():
        return _design_page(form, status=422)
    try:
        return _sample(_shown(form, present), "mau.pdf")
    except PdfError:
        return _not_printable(form)
    except StorageError:
        abort(503)


@bp.get("/office/certificates/design/<int:version>.pdf")
@open_to(*_KEEPERS)
def design_version(version: int) -> Response:
    found = queries.design_called(version) or abort(404)
    try:
        return _sample(design_of(found), f"mau-{version}.pdf")
    except StorageError:
        abort(503)


def _number(present: CertificateDesign | None) -> int:
    return present.version if present else 0


def _sample(shown: Design, name: str) -> Response:
    settings: Settings = current_app.extensions["club.settings"]
    return Response(
        sample_pdf(shown, public_url=settings.public_url, now=clock.now()),
        mimetype="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{name}"'},
    )


def _not_printable(form: DesignForm) -> ResponseReturnValue:
    form.form_errors.append(gettext("One of the pictures cannot be printed. Choose another."))
    return _design_page(form, status=422)


def _shown(form: DesignForm, present: CertificateDesign | None) -> Design:
    return Design(
        form.wording(),
        logo=_seen(form, "logo", present),
        signature=_seen(form, "signature", present),
    )


def _kept(
    form: DesignForm, name: str, present: CertificateDesign | None
) -> ReceivedFile | int | None:
    """The picture to keep: the one chosen, else that of the present version unless taken away."""
    chosen = form.picture(name)
    if chosen:
        return keep_picture(chosen, name=f"{name}.png")
    if present is None or form[f"no_{name}"].data:
        return None
    file_id: int | None = getattr(present, f"{name}_id")
    return file_id


def _seen(form: DesignForm, name: str, present: CertificateDesign | None) -> str:
    chosen = form.picture(name)
    if chosen:
        return drawn(chosen)
    if present is None or form[f"no_{name}"].data:
        return ""
    return picture_of(getattr(present, name))


def _design_page(form: DesignForm, *, status: int = 200) -> ResponseReturnValue:
    versions, trouble = queries.designs(), trouble_with_the_key(now=clock.now())
    page = render_template(
        "records/design.html",
        form=form,
        versions=versions,
        # Who signs is asked for on this very page.
        lacks=[trouble] if trouble else [],
        present=versions[0] if versions else None,
        names=names_of({one.kept_by_id for one in versions if one.kept_by_id}),
    )
    return page, status
