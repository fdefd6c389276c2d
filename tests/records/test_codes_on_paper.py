"""The QR codes that are printed, read from the finished PDF as a phone does."""

import time_machine

from club.records.operations import close_run
from tests.records.kit import a_taught_run, a_trainer, certificates, on_the_list, present
from tests.support.factories import NOW, a_person, an_account
from tests.support.qr import codes_on_paper


def test_the_code_of_a_certificate_leads_to_its_verification(client, sign_in):
    holder = an_account(person=a_person(full_name="Nguyễn Thị Thùy Dương"))
    run = a_taught_run()
    present(run, on_the_list(run, holder.person))
    close_run(run.id, by=None, now=NOW)
    (certificate,) = certificates()
    with time_machine.travel(NOW, tick=False):
        paper = sign_in(holder).get(f"/certificates/{certificate.public_id}.pdf").data
        (address,) = codes_on_paper(paper)
        assert address == f"http://localhost/verify/{certificate.code}"
        assert certificate.number in client.get(address).text


def test_the_code_of_a_sheet_to_sign_leads_to_the_list_of_its_session(sign_in):
    trainer = a_trainer()
    run = a_taught_run(trainers=[trainer.person])
    for _ in range(3):
        on_the_list(run)
    second = run.sessions[1].public_id
    desk = f"/teaching/runs/{run.code}"
    with time_machine.travel(NOW, tick=False):
        client = sign_in(trainer)
        sheet = client.get(f"{desk}/sign-in-sheet.pdf?session={second}").data
        assert codes_on_paper(sheet) == [f"http://localhost{desk}/attendance?session={second}"]
        page = client.get(codes_on_paper(sheet)[0])
    assert f'?session={second}" aria-current="page"' in page.text
