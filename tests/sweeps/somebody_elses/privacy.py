from io import BytesIO

from club.files.receiving import add_file, receive
from club.privacy.models import CopyState, DataCopy
from club.privacy.requests.models import RequestKind
from club.privacy.requests.operations import Wish, ask
from tests.materials.kit import PDF
from tests.support.factories import NOW, a_person, saved


def copy_of_data():
    made = add_file(receive(BytesIO(PDF), name="a.pdf"), by=None, now=NOW)
    copy = DataCopy(
        person_id=a_person().id, state=CopyState.READY, asked_at=NOW, made_at=NOW, file_id=made.id
    )
    return {"public_id": saved(copy).public_id}


def privacy_request():
    wish = Wish(RequestKind.CORRECTION, "Tên sai dấu")
    return {"public_id": ask(a_person().id, wish, now=NOW).public_id}


def request_for_erasure():
    wish = Wish(RequestKind.ERASURE, "Tôi không tham gia nữa", keeps_certificates=True)
    return {"public_id": ask(a_person().id, wish, now=NOW).public_id}
