"""Materials to test with, and files as people hand them in."""

import io
import zipfile
from itertools import count

from club.accounts.models import RoleName
from club.courses.models import Run
from club.db import db, transaction
from club.files.receiving import add_file, receive
from club.materials.models import Material, MaterialKind, MaterialVersion, Visibility
from club.outbox.models import Letter
from tests.support.factories import NOW, a_person, a_run, an_account

PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\nstartxref\n9\n%%EOF\n"
_n = count(1)


def a_pdf(name="Tài liệu buổi 1.pdf", *, more=b""):
    """What a form sends in its field ``file``."""
    return (io.BytesIO(PDF + more + b"\n%%EOF"), name)


def an_office_file(main, *, extra=(), types=""):
    """An OOXML package with this main part and, where told, further entries."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as package:
        package.writestr(
            "[Content_Types].xml",
            f'<Types><Override PartName="/x" ContentType="{main}.main+xml"/>{types}</Types>',
        )
        for name in extra:
            package.writestr(name, "x")
    return whole.getvalue()


def a_material(place, *, content=PDF, **given):
    """A published file, without telling anybody."""
    n = next(_n)
    received = receive(io.BytesIO(content + b"\n%%%d\n%%%%EOF" % n), name=f"Tài liệu {n}.pdf")
    with transaction() as session:
        belongs = {"run_id": place.id} if isinstance(place, Run) else {"course_id": place.id}
        material = Material(
            **{
                "kind": MaterialKind.FILE,
                "title": f"Tài liệu {n}",
                "visibility": Visibility.PARTICIPANTS,
                "position": n,
                "version": 1,
                "created_at": NOW,
            }
            | belongs
            | given
        )
        material.versions = [
            MaterialVersion(number=1, file=add_file(received, by=None, now=NOW), published_at=NOW)
        ]
        session.add(material)
    return material


def a_page(place, *, body="Xin chào.", **given):
    material = a_material(place, **given)
    with transaction():
        material.kind = MaterialKind.PAGE
        material.versions[0].file, material.versions[0].body = None, body
    return material


def a_trainer_with_run(**given):
    """A trainer's account, and a run that this trainer teaches."""
    trainer = an_account(RoleName.TRAINER)
    return trainer, a_run(trainers=[trainer.person], **given)


def letters():
    """(kind, whom) of every letter, in order of writing."""
    return [
        (letter.kind, letter.person_id) for letter in db.session.query(Letter).order_by(Letter.id)
    ]


def somebody_without_an_address():
    return a_person(email=None)


class _Noticed(io.BytesIO):
    """A body of which every read is noticed."""

    reads = 0

    def read(self, *given):
        self.reads += 1
        return super().read(*given)


def a_large_post(browser, address, *, megabytes):
    """The answer, and how often the body was read from."""
    body = _Noticed(b"--x")
    answer = browser.post(
        address,
        input_stream=body,
        content_type="multipart/form-data; boundary=x",
        environ_overrides={"CONTENT_LENGTH": str(megabytes << 20)},
    )
    return answer, body.reads
