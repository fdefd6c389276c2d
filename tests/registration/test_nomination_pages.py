"""The pages on which an organisation sends people: a list, a preview, what became of it."""

import re
import uuid
from datetime import date, timedelta

import pytest

from club import clock
from club.accounts.models import RoleName
from club.people.models import Person
from club.registration import terms
from club.registration.models import WayIn
from club.registration.nominations.models import Nomination, Nominee
from club.registration.rules.terms import Terms
from tests.registration.nominating_kit import AN, BICH, CAM, address, colleague, count, nominate
from tests.registration.support import (
    a_registrant,
    a_run_by,
    kept_places,
    register,
)
from tests.support.factories import (
    NOW,
    a_person,
    a_run,
    an_account,
    an_employment,
    an_organisation,
)

pytestmark = pytest.mark.usefixtures("present")


def hidden(page):
    names = ("nomination", "places_shown")
    return {name: re.search(rf'name="{name}" value="([^"]*)"', page.text)[1] for name in names}


def test_the_preview_names_the_most_that_holds_somebody_back(browser, firm):
    run, by = a_run(), an_account(RoleName.COORDINATOR)
    preview = address(firm, run, "/preview")
    terms.set_terms(run.id, Terms(most_per_organisation=1), by=by.id, now=NOW)
    said = "Mỗi tổ chức nhiều nhất 1 chỗ."
    assert said in browser.post(preview, data={"people": f"{AN}\n{BICH}"}).text
    assert said not in browser.post(preview, data={"people": AN}).text


def test_where_nobody_can_be_nominated_there_is_no_form_but_what_was_typed_stays(browser, firm):
    run = a_run_by(WayIn.INVITATION)
    assert 'name="people"' not in browser.get(address(firm, run)).text
    answer = browser.post(address(firm, run, "/preview"), data={"people": AN})
    assert answer.status_code == 422
    assert "Nguyễn Văn An" in answer.text


def test_the_form_has_the_people_who_are_not_on_the_list(browser, firm):
    run = a_run()
    colleague(firm, full_name="Đỗ Dũng")
    em = a_registrant(person=colleague(firm, full_name="Võ Em"))
    register(em, run)

    page = browser.get(address(firm, run)).text

    assert re.findall(r'<label class="form-check-label"[^>]*>([^<]*)<', page)[-1] != "Võ Em"
    assert "Đỗ Dũng" in page
    assert "Đã có tên trong danh sách lớp này: Võ Em." in page


def test_all_mistakes_are_shown_at_once_and_nothing_is_lost(browser, firm):
    bad = {3, 50, 51, 120, 200, 201, 300, 333, 400, 499}
    lines = [f"Người {n}\t{'x' if n in bad else f'n{n}@congty.vn'}" for n in range(1, 501)]

    answer = browser.post(address(firm, a_run(), "/preview"), data={"people": "\n".join(lines)})

    assert answer.status_code == 422
    shown = re.findall(r'<p class="form-error">.*?Dòng (\d+) ', answer.text, re.DOTALL)
    assert [int(n) for n in shown] == sorted(bad)
    assert "Người 500\tn500@congty.vn" in answer.text
    assert (count(Nomination), count(Person)) == (0, 1)


def test_the_preview_says_who_would_come_and_saves_nothing(browser, firm):
    run = a_run(seats=1)
    dung = colleague(firm, full_name="Đỗ Dũng", email=None)
    typed = {"people": f"{AN}\n{CAM}", "colleagues": str(dung.public_id)}

    page = browser.post(address(firm, run, "/preview"), data=typed)

    assert page.status_code == 200
    heads = re.findall(r'<th scope="row">([^<]*)</th>', page.text)
    assert heads == ["Đỗ Dũng", "Nguyễn Văn An", "Lê Cẩm"]
    assert "1 người có chỗ và 2 người vào danh sách chờ" in page.text
    assert page.text.count("Không có thư điện tử: anh chị báo cho người này") == 2
    assert (count(Nomination), kept_places(run)) == (0, (0, 0))


def test_nothing_shows_whether_an_address_is_known_elsewhere(browser, firm):
    run = a_run()
    person = a_person(full_name="Nguyễn Văn An", email="an@congty.vn")
    register(a_registrant(person=person), run)
    known = browser.post(address(firm, run, "/preview"), data={"people": AN}).text
    other = AN.replace("an@", "moi@")
    unknown = browser.post(address(firm, run, "/preview"), data={"people": other}).text

    def plain(page):
        without_ids = re.sub(r'name="(nomination|csrf_token)" value="[^"]*"', "", page)
        return without_ids.replace("moi@", "an@")

    assert plain(known) == plain(unknown)


def test_confirming_leads_to_what_became_of_everybody(browser, firm):
    run = a_run(seats=1)
    typed = {"people": f"{AN}\n{BICH}"}
    looked_over = typed | hidden(browser.post(address(firm, run, "/preview"), data=typed))
    to = f"/organisations/{firm.code}/nominations/{run.code}"

    unsaid = browser.post(to, data=looked_over)
    assert unsaid.status_code == 422
    assert count(Nomination) == 0
    answers = [browser.post(to, data=looked_over | {"agreed": "y"}) for _ in range(2)]

    assert {answer.status_code for answer in answers} == {302}
    assert len({answer.headers["Location"] for answer in answers}) == 1
    page = browser.get(answers[0].headers["Location"]).text
    assert "1 người có chỗ" in page
    assert "1 người vào danh sách chờ" in page
    assert count(Nominee) == 2


def test_a_list_that_was_not_looked_over_says_so_and_keeps_what_was_typed(browser, firm):
    to = f"/organisations/{firm.code}/nominations/{a_run().code}?lang=en"
    refused = browser.post(to, data={"people": AN, "agreed": "y", "nomination": "x"})
    assert refused.status_code == 422
    assert "This list has not been looked over yet." in refused.text
    assert "an@congty.vn" in refused.text
    assert count(Nomination) == 0


def test_what_changed_since_the_list_was_looked_over_is_said(browser, firm):
    run = a_run(seats=1)
    typed = {"people": AN}
    looked_over = typed | hidden(browser.post(address(firm, run, "/preview"), data=typed))
    register(a_registrant(), run)

    to = f"/organisations/{firm.code}/nominations/{run.code}"
    answer = browser.post(to, data=looked_over | {"agreed": "y"}, follow_redirects=True)

    assert "khi xem còn 1 chỗ, khi xác nhận giữ được 0 chỗ" in answer.text


def test_a_class_closed_meanwhile_is_said_and_the_list_is_still_there(browser, firm, monkeypatch):
    run = a_run()
    typed = {"people": AN}
    looked_over = typed | hidden(browser.post(address(firm, run, "/preview"), data=typed))
    monkeypatch.setattr(clock, "now", lambda: NOW + timedelta(days=11))

    to = f"/organisations/{firm.code}/nominations/{run.code}"
    answer = browser.post(to, data=looked_over | {"agreed": "y"})

    assert answer.status_code == 409
    assert "an@congty.vn" in answer.text


def test_only_who_represents_the_organisation_today(sign_in, firm):
    run = a_run()
    former = an_account(RoleName.REPRESENTATIVE)
    an_employment(former.person, firm, represents=True, to_day=date(2026, 3, 2))
    for account in (former, an_account(RoleName.OFFICIAL), an_account()):
        assert sign_in(account).get(address(firm, run)).status_code == 404
    assert sign_in(an_account(RoleName.COORDINATOR)).get(address(firm, run)).status_code == 200


def test_another_organisations_list_is_not_shown(browser, firm, representative):
    other = an_organisation()
    once = uuid.uuid4()
    nominate(representative, other, a_run(), AN, public_id=once)
    assert browser.get(f"/organisations/{firm.code}/nominations/{once}").status_code == 404


def test_a_class_shows_representatives_the_way(browser, client, firm):
    run = a_run()
    way = f'href="{address(firm, run)}"'
    assert way in browser.get(f"/runs/{run.code}").text
    assert way not in client.get(f"/runs/{run.code}").text
