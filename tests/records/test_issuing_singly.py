"""A certificate for one of those who completed."""

from sqlalchemy import select

from club.db import transaction
from club.records.certificates.models import CompletionCertificate
from club.records.certificates.queries import certificates_of_run
from club.records.operations import close_run
from club.records.queries import records_of_run
from tests.records.kit import a_coordinator, a_taught_run, on_the_list, present
from tests.support.factories import NOW


def test_one_missing_certificate_is_issued_and_the_others_wait(sign_in):
    run = a_taught_run()
    people = [on_the_list(run), on_the_list(run)]
    for person in people:
        present(run, person)
    close_run(run.id, by=None, now=NOW)
    with transaction() as session:
        for one in session.scalars(select(CompletionCertificate)):
            session.delete(one)
    first, _second = (record.public_id for record in records_of_run(run.id))
    client, records = sign_in(a_coordinator()), f"/office/runs/{run.code}/records"
    address = f"/office/records/{first}/certificate"
    assert f'action="{address}"' in client.get(records).text
    assert client.post(address).location.endswith(records)
    (issued,) = certificates_of_run(run.id)
    assert issued.training_record.public_id == first
    again = client.post(address)
    assert (again.status_code, len(certificates_of_run(run.id))) == (409, 1)
    page = client.get(records).text
    assert address not in page
    assert "Còn 1 người đã hoàn thành mà chưa có giấy." in page
