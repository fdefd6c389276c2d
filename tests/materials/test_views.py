import io
import re
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from club.accounts.models import RoleName
from club.courses.models import RunState
from club.db import db
from club.files.storage import Storage, storage
from club.materials.models import Material, MaterialVersion, Visibility
from club.membership.models import Membership
from club.people.models import AudienceKind
from club.records.attendance.models import WalkIn
from tests.materials.kit import (
    a_large_post,
    a_material,
    a_page,
    a_pdf,
    a_trainer_with_run,
    letters,
)
from tests.records.kit import on_the_list
from tests.support.factories import NOW, a_course, a_run, an_account, saved

ALL = list(Visibility)


@pytest.fixture
def taught(sign_in):
    """A trainer's browser, and the run that this trainer teaches."""
    trainer, run = a_trainer_with_run(code="5S-2026-03")
    return sign_in(trainer), run


def new(run, kind="file"):
    return f"/teaching/runs/{run.code}/materials/new?kind={kind}"


def a_form(**given):
    return {"title": "Bài 1", "visibility": "participants"} | given


def present():
    """(title, kind, visibility) of everything published."""
    rows = db.session.scalars(select(Material).order_by(Material.id))
    return [(m.title, m.kind.value, m.visibility.value) for m in rows]


def shown_on(client, address):
    """Titles of the materials on a page."""
    text = client.get(address).text
    block = text.partition('id="materials-title"')[2].partition("</section>")[0]
    return [m.title for m in db.session.query(Material).order_by(Material.id) if m.title in block]


# Publishing


def test_a_trainer_publishes_a_file_a_link_and_a_page(taught):
    browser, run = taught
    sent = browser.post(new(run), data=a_form(file=a_pdf()))
    assert sent.headers["Location"] == "/teaching/runs/5S-2026-03/materials"
    browser.post(new(run, "link"), data=a_form(title="Phim", link="https://phim.example/5s"))
    browser.post(
        new(run, "page"), data=a_form(title="Đề cương", body="## Một", visibility="everybody")
    )
    assert present() == [
        ("Bài 1", "file", "participants"),
        ("Phim", "link", "participants"),
        ("Đề cương", "page", "everybody"),
    ]
    desk = browser.get("/teaching/runs/5S-2026-03/materials").text
    assert desk.index("Bài 1") < desk.index("Phim") < desk.index("Đề cương")


def test_a_file_without_a_title_bears_its_own_name(taught):
    browser, run = taught
    browser.post(new(run), data=a_form(title="", file=a_pdf("Đề cương “5S”.pdf")))
    assert present() == [("Đề cương “5S”", "file", "participants")]


def test_what_is_missing_is_said_beside_its_field_and_nothing_typed_is_lost(taught):
    browser, run = taught
    answer = browser.post(new(run, "link"), data={"title": "Phim", "link": "phim.example"})
    assert answer.status_code == 422
    assert "Lỗi:" in answer.text
    assert 'value="Phim"' in answer.text
    assert 'value="phim.example"' in answer.text
    assert (
        "bắt đầu bằng https://"
        in browser.post(new(run, "link"), data=a_form(link="phim.example")).text
    )
    assert "Chọn tệp trước đã." in browser.post(new(run), data=a_form()).text
    assert present() == []


def test_the_script_gets_what_is_wrong_as_data(taught):
    browser, run = taught
    as_data = {"Accept": "application/json"}
    bad = browser.post(new(run), data=a_form(file=(io.BytesIO(b""), "a.pdf")), headers=as_data)
    assert (bad.status_code, bad.json["errors"]) == (
        422, {"file": ["Tệp này trống. Chọn tệp khác."]},
    )  # fmt: skip
    good = browser.post(new(run), data=a_form(file=a_pdf()), headers=as_data)
    assert good.json == {"next": "/teaching/runs/5S-2026-03/materials"}
    assert "Đã đăng tài liệu." in browser.get(good.json["next"]).text


def test_a_file_in_a_text_field_and_a_text_in_the_file_field_are_no_input(taught):
    browser, run = taught
    answer = browser.post(new(run), data={"title": a_pdf(), "file": "x", "visibility": "members"})
    assert answer.status_code == 422
    assert present() == []


def test_others_publish_nothing(sign_in, client, taught):
    _, run = taught
    for account, status in (
        (RoleName.MEMBER, 403),
        (RoleName.OFFICIAL, 403),
        (RoleName.TRAINER, 404),
    ):
        other = sign_in(an_account(account))
        assert other.post(new(run), data=a_form(file=a_pdf())).status_code == status
        assert other.get(f"/teaching/runs/{run.code}/materials").status_code == status
    assert client.post(new(run), data=a_form(file=a_pdf())).status_code == 401
    assert present() == []
    coordinator = sign_in(an_account(RoleName.COORDINATOR))
    assert coordinator.post(new(run), data=a_form(file=a_pdf())).status_code == 302


def test_who_was_a_trainer_once_publishes_no_more(sign_in):
    somebody = an_account(RoleName.MEMBER)
    run = a_run(trainers=[somebody.person])
    assert sign_in(somebody).get(f"/teaching/runs/{run.code}/materials").status_code == 403


def test_course_materials_are_published_by_who_teaches_one_of_its_runs(sign_in, taught):
    browser, run = taught
    address = f"/office/courses/{run.course.code}/materials"
    assert browser.post(f"{address}/new?kind=page", data=a_form(body="Xin chào")).status_code == 302
    other = f"/office/courses/{a_course().code}/materials"
    assert browser.get(other).status_code == 404
    assert sign_in(an_account(RoleName.COORDINATOR)).get(other).status_code == 200


# Large files, and stores that fail


def test_a_page_of_too_many_lines_is_handed_back_whole(taught):
    browser, run = taught
    body = "- bước\n" * 1_100
    answer = browser.post(new(run, "page"), data=a_form(body=body))
    assert answer.status_code == 422
    assert "trang có quá 1.000 dòng, hoặc quá 4.000 dấu như * hay [." in answer.text
    assert answer.text.count("- bước\n") == 1_100 - 1
    assert present() == []


def test_a_file_that_is_too_large_is_refused_before_it_is_read(taught):
    browser, run = taught
    answer, reads = a_large_post(browser, new(run), megabytes=200)
    assert (answer.status_code, reads) == (413, 0)
    assert "Mỗi tệp tối đa 100 MB." in answer.text


def test_nothing_is_read_from_somebody_who_may_not_enter(client, sign_in, taught):
    _, run = taught
    for browser, status in ((client, 401), (sign_in(an_account(RoleName.MEMBER)), 403)):
        answer, reads = a_large_post(browser, new(run), megabytes=50)
        assert (answer.status_code, reads) == (status, 0)


def test_other_forms_take_two_megabytes_only(sign_in, taught):
    _, run = taught
    coordinator = sign_in(an_account(RoleName.COORDINATOR))
    answer, reads = a_large_post(coordinator, f"/office/runs/{run.code}/sessions", megabytes=3)
    assert (answer.status_code, reads) == (413, 0)


def test_a_store_that_fails_saves_nothing_and_says_so(app, taught, monkeypatch, tmp_path):
    browser, run = taught
    on_the_list(run)
    (tmp_path / "full").write_text("no folder")
    monkeypatch.setitem(app.extensions, "club.storage", Storage(str(tmp_path / "full")))
    answer = browser.post(new(run), data=a_form(file=a_pdf()))
    assert answer.status_code == 503
    assert "Chưa lưu được tệp, cũng chưa ghi gì cả." in answer.text
    assert 'value="Bài 1"' in answer.text
    assert (present(), letters()) == ([], [])


def test_a_disk_that_is_full_is_no_error_of_the_program(taught, monkeypatch):
    browser, run = taught

    def full(*_given, **_named):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("club.materials.views.handing_in.receive", full)
    assert browser.post(new(run), data=a_form(file=a_pdf())).status_code == 503
    assert present() == []


# Hostile files and texts


def test_names_of_files_stay_words(taught):
    browser, run = taught
    for number, name in enumerate(["../../etc/passwd", "..\\app.py", "a\u202egnp.exe", "con.txt"]):
        more = str(number).encode()
        assert browser.post(new(run), data=a_form(file=a_pdf(name, more=more))).status_code == 302
    versions = db.session.scalars(select(MaterialVersion).order_by(MaterialVersion.id)).all()
    names = [version.file.name for version in versions]
    assert names == ["passwd.pdf", "app.py.pdf", "agnp.exe.pdf", "_con.txt.pdf"]
    folder = storage().folder
    assert all((folder / v.file.key).resolve().is_relative_to(folder.resolve()) for v in versions)
    answer = browser.get(f"/materials/{versions[0].material.public_id}/file")
    assert "passwd.pdf" in answer.headers["Content-Disposition"]


@pytest.mark.parametrize(
    "text",
    [
        "<script>window.__x=1</script>",
        "[a](javascript:window.__x=1)",
        "[a](JaVaScRiPt&#58;window.__x=1)",
        '![x](x"onerror="window.__x=1)',
        "<img src=x onerror=window.__x=1>",
        '<a href=# style="position:fixed;inset:0">overlay</a>',
        "<form action=//127.0.0.1/phish><input name=password></form>",
        "|a|b|\n|-|-|\n|<b onmouseover=window.__x=1>x|y|",
    ],
)
def test_a_page_shows_no_markup_of_its_author(client, text):
    page = a_page(a_run(), body=text, visibility=Visibility.EVERYBODY)
    shown = client.get(f"/materials/{page.public_id}").text.partition("case-body")[2]
    tags = re.findall(r"<[^>]*>", shown.partition("</main>")[0])
    bad = ("<script", "<img", "<form", "<b ", "javascript:", "onmouseover", "style=")
    assert [tag for tag in tags if any(word in tag for word in bad)] == []


def test_a_page_is_set_as_knowledge_is(client):
    page = a_page(
        a_run(), body="# Một\n\n**đậm** [ra](https://a.vn)", visibility=Visibility.EVERYBODY
    )
    text = client.get(f"/materials/{page.public_id}").text
    assert '<h2 id="h-mot">Một</h2>' in text
    assert 'rel="noopener nofollow"' in text


# Reading


def readers_of_run(sign_in, client, run):
    member, participant, walk_in = (an_account(RoleName.MEMBER) for _ in range(3))
    saved(Membership(person_id=member.person_id, from_day=date(2020, 1, 1)))
    on_the_list(run, participant.person)
    saved(
        WalkIn(
            run_id=run.id,
            person_id=walk_in.person_id,
            audience=AudienceKind.INDIVIDUAL,
            added_at=NOW,
        )
    )
    return {
        "stranger": client,
        "signed in": sign_in(an_account(RoleName.MEMBER)),
        "member": sign_in(member),
        "participant": sign_in(participant),
        "walk-in": sign_in(walk_in),
        "trainer": sign_in(an_account(RoleName.TRAINER, person=run.trainers[0].person)),
        "another trainer": sign_in(an_account(RoleName.TRAINER)),
        "coordinator": sign_in(an_account(RoleName.COORDINATOR)),
    }


EVERYBODY, MEMBERS, PARTICIPANTS, AFTER = (one.value for one in ALL)


@pytest.mark.parametrize(("is_over", "after"), [(False, set()), (True, {"participant", "walk-in"})])
def test_each_reader_finds_what_is_for_them(sign_in, client, is_over, after):
    from tests.support.factories import a_person

    starts_at = NOW - timedelta(days=400) if is_over else NOW + timedelta(days=4000)
    run = a_run(trainers=[a_person()], starts_at=starts_at)
    materials = {
        one.value: a_material(run, title=f"Cho {one.value}!", visibility=one) for one in ALL
    }
    people = readers_of_run(sign_in, client, run)
    staff = {"trainer", "coordinator"}
    inside = {"participant", "walk-in", *staff}
    may = {
        EVERYBODY: set(people),
        MEMBERS: {"member", *inside},
        PARTICIPANTS: inside,
        AFTER: {*staff, *after},
    }
    for name, browser in people.items():
        allowed = [kind for kind in materials if name in may[kind]]
        assert shown_on(browser, f"/runs/{run.code}") == [f"Cho {kind}!" for kind in allowed], name
        for kind, material in materials.items():
            refused = 302 if name == "stranger" else 404
            expected = 200 if kind in allowed else refused
            page = browser.get(f"/materials/{material.public_id}")
            file = browser.get(f"/materials/{material.public_id}/file")
            assert (page.status_code, file.status_code) == (expected, expected), (name, kind)


def test_who_takes_part_hears_of_what_comes_after_the_run(sign_in):
    run, participant = a_run(starts_at=NOW + timedelta(days=4000)), an_account()
    on_the_list(run, participant.person)
    a_material(run, visibility=Visibility.PARTICIPANTS_AFTER)
    page = sign_in(participant).get(f"/runs/{run.code}").text
    assert "Còn 1 tài liệu mở cho anh chị sau khi lớp kết thúc." in page


def test_materials_of_a_course_are_on_its_page_and_on_those_of_its_runs(client, sign_in):
    course, participant = a_course(), an_account()
    run, other = a_run(course=course), a_run(course=course)
    a_material(course, title="Chung!", visibility=Visibility.EVERYBODY)
    a_material(course, title="Riêng!")
    on_the_list(other, participant.person)
    assert shown_on(client, f"/runs/{run.code}") == ["Chung!"]
    assert shown_on(client, f"/courses/{course.slug}") == ["Chung!"]
    # A place in any run of the course opens what is for those who take part.
    assert shown_on(sign_in(participant), f"/courses/{course.slug}") == ["Chung!", "Riêng!"]
    assert shown_on(sign_in(participant), f"/runs/{run.code}") == ["Chung!", "Riêng!"]


def test_a_draft_shows_its_materials_to_those_who_prepare_it(client, taught):
    trainer, _ = taught
    draft = a_run(state=RunState.DRAFT, published_at=None)
    material = a_material(draft, visibility=Visibility.EVERYBODY)
    assert client.get(f"/materials/{material.public_id}").status_code == 404
    assert trainer.get(f"/materials/{material.public_id}/file").status_code == 404


def test_only_who_publishes_sees_older_versions(sign_in, client, taught):
    browser, run = taught
    browser.post(new(run), data=a_form(file=a_pdf(), visibility="everybody"))
    [material] = db.session.scalars(select(Material)).all()
    address = f"/materials/{material.public_id}"
    data = {"file": a_pdf(more=b"two"), "note": "Thêm bài tập", "seen": "1"}
    assert browser.post(f"{address}/versions/new", data=data).headers["Location"] == address
    assert b"two" in client.get(f"{address}/file").data
    assert b"two" not in browser.get(f"{address}/versions/1/file").data
    assert "Đây là bản cũ." in browser.get(f"{address}/versions/1").text
    assert browser.get(f"{address}/versions/3").status_code == 404
    participant = an_account()
    on_the_list(run, participant.person)
    assert sign_in(participant).get(f"{address}/versions/1/file").status_code == 403
    assert "Các bản" not in client.get(address).text


def test_a_version_that_was_written_over_an_unseen_one_is_kept_in_the_form(taught):
    browser, run = taught
    page = a_page(run, body="Một.")
    address = f"/materials/{page.public_id}/versions/new"
    assert browser.post(address, data={"body": "Hai.", "seen": "1"}).status_code == 302
    late = browser.post(address, data={"body": "Ba.", "seen": "1"})
    assert late.status_code == 409
    assert "có người khác đã đăng bản mới" in late.text
    assert "Ba.</textarea>" in late.text


def test_the_order_is_changed_by_one_button(taught):
    browser, run = taught
    for title in ("Một", "Hai"):
        a_material(run, title=title)
    second = db.session.scalars(select(Material).where(Material.title == "Hai")).one()
    answer = browser.post(f"/materials/{second.public_id}/order", data={"direction": "up"})
    assert answer.headers["Location"].endswith(f"materials#m-{second.public_id}")
    desk = browser.get(f"/teaching/runs/{run.code}/materials").text
    assert desk.index(">Hai<") < desk.index(">Một<")
    assert (
        browser.post(f"/materials/{second.public_id}/order", data={"direction": "x"}).status_code
        == 400
    )


def test_what_is_taken_down_disappears_and_can_come_back(taught, client):
    browser, run = taught
    material = a_material(run, title="Bài!", visibility=Visibility.EVERYBODY)
    address = f"/materials/{material.public_id}"
    browser.post(f"{address}/removal")
    assert shown_on(client, f"/runs/{run.code}") == []
    assert client.get(f"{address}/file").status_code == 404
    assert browser.get(f"{address}/file").status_code == 200
    browser.post(f"{address}/return")
    assert shown_on(client, f"/runs/{run.code}") == ["Bài!"]


def test_title_and_readers_are_changed_without_a_letter(taught, client):
    browser, run = taught
    on_the_list(run)
    material = a_material(run)
    data = {"title": "Tên khác!", "visibility": "everybody"}
    assert browser.post(f"/materials/{material.public_id}/facts", data=data).status_code == 302
    assert shown_on(client, f"/runs/{run.code}") == ["Tên khác!"]
    assert letters() == []


# Numbers of queries


def statements(browser, address, count_queries):
    with count_queries() as seen:
        assert browser.get(address).status_code == 200
    return len(seen)


@pytest.mark.parametrize("page", ["/runs/5S-2026-03", "/teaching/runs/5S-2026-03/materials"])
def test_lists_cost_the_same_however_long_they_are(taught, count_queries, page):
    browser, run = taught
    a_material(run)
    browser.get(page)
    with_one = statements(browser, page, count_queries)
    for _ in range(19):
        a_material(run)
    assert statements(browser, page, count_queries) == with_one


def test_a_material_with_many_versions_costs_what_one_with_few_does(taught, count_queries):
    browser, run = taught
    page = a_page(run)
    address = f"/materials/{page.public_id}"
    browser.post(f"{address}/versions/new", data={"body": "Bản hai"})
    browser.get(address)
    with_one = statements(browser, address, count_queries)
    for number in range(19):
        browser.post(f"{address}/versions/new", data={"body": f"Bản {number}"})
    assert statements(browser, address, count_queries) == with_one
