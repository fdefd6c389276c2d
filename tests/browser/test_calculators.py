"""The calculators reckon in the browser, as the site itself would, and send nothing."""

import itertools

import pytest
from playwright.sync_api import expect

from club.content import CONTENT
from club.files.plain_yaml import read_yaml
from club.indicators.formulas import reckoned, steps_of
from club.web.typed_numbers import typed_number
from tests.browser.visitor import PHONE

pytestmark = pytest.mark.browser

TYPED = (
    "", "0", "5,24", "5.24", "1.184,5", "1,184.5", "1.184", "1,184", "1.184.000", "1,184,000",
    "12.34,5", "1.18.4", " -3,5 % ", "\u22123", "1 234,5", "-1.234", "1e5", "NaN", "Infinity", "3.",
    ".5", ",5", "1..2", "½", "1'000", "+4", "- 4", "$5", "\u00a05", "9" * 20, "(1)",
)  # fmt: skip
#: Ordinary numbers, nought, and one that makes some divisors nought.
VALUES = (0.0, 0.4, 1.0, 3.0, 450.0)


@pytest.fixture
def who(visitor):
    return visitor(screen=PHONE)


def at(who, slug, language="vi"):
    who.opens(f"/knowledge/calculators/{slug}?lang={language}")


def typed(who, **texts):
    for key, text in texts.items():
        who.page.locator(f"#{key}").fill(text)


def test_oee_is_reckoned_on_a_phone_without_sending_anything(who):
    at(who, "oee")
    who.sees("Hiệu suất thiết bị toàn bộ (OEE)")
    sent = []
    who.page.on("request", lambda request: sent.append(request.url))
    address = who.page.url
    typed(who, planned="1.450,5", stopped="60", cycle="30", made="2.700", good="2680")
    who.presses("Tính")
    result = who.page.locator("#calculator-results")
    expect(result).to_be_focused()
    expect(result).to_contain_text("Mức sẵn sàng: 95,86%")
    expect(result).to_contain_text("92,38% thời gian kế hoạch thật sự làm ra sản phẩm đạt.")
    who.inspects()
    assert (sent, who.page.url) == ([], address)
    assert who.page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]
    assert who.complaints == []


def test_what_is_wrong_is_said_at_its_field_and_nothing_typed_is_lost(who):
    at(who, "oee")
    typed(who, planned="450", stopped="500", cycle="nhanh", made="0")
    who.presses("Tính")
    page = who.page
    expect(page.locator("#stopped-error")).to_contain_text("Lớn hơn “Thời gian kế hoạch chạy máy”.")
    expect(page.locator("#cycle-error")).to_contain_text("Ghi một con số, chẳng hạn 1.234,5.")
    expect(page.locator("#made-error")).to_contain_text("Ghi số lớn hơn 0.")
    expect(page.locator("#good-error")).to_contain_text("Điền: Số sản phẩm đạt ngay lần đầu.")
    expect(page.locator("#planned-error")).to_be_hidden()
    expect(page.locator("#stopped")).to_be_focused()
    expect(page.locator("#cycle")).to_have_value("nhanh")
    expect(page.locator("#calculator-results")).to_be_hidden()
    who.inspects()
    typed(who, stopped="60", cycle="30", made="700", good="680")
    who.presses("Tính")
    expect(page.locator("#stopped-error")).to_be_hidden()
    expect(page.locator("#calculator-results")).to_be_visible()
    assert who.complaints == []


def test_a_speed_above_the_ideal_one_is_doubted(who):
    at(who, "oee")
    typed(who, planned="450", stopped="60", cycle="60", made="700", good="680")
    who.presses("Tính")
    told = who.page.locator("#performance-result")
    expect(told).to_contain_text("Hiệu suất tốc độ vượt 100: xem lại các số vừa nhập.")


def test_english_numbers_are_read_and_what_is_left_out_is_not_reckoned(who):
    at(who, "labour-productivity", "en")
    typed(who, value_added="1,234.5", workers="30")
    who.presses("Reckon")
    result = who.page.locator("#calculator-results")
    expect(result).to_contain_text("each person brings 41.15 million VND of value added.")
    expect(who.page.locator("#per_hour-result")).to_be_hidden()
    who.presses("Empty the fields")
    expect(result).to_be_hidden()
    expect(who.page.locator("#value_added")).to_have_value("")
    who.presses("Fill in the example")
    expect(who.page.locator("#per_hour-result")).to_contain_text("50 thousand VND an hour")
    who.inspects()
    assert who.complaints == []


def test_without_javascript_there_are_formula_and_example(who, browser):
    context = browser.new_context(base_url=who.address, java_script_enabled=False)
    page = context.new_page()
    page.goto("/knowledge/calculators/tfp-share?lang=vi")
    expect(page.locator("form[data-calculator]")).to_be_hidden()
    expect(page.locator("main")).to_contain_text("Tính tại đây cần JavaScript.")
    expect(page.locator("main")).to_contain_text("GY − (bK × GK + bL × GL), trong đó bL = 1 − bK")
    expect(page.locator("main")).to_contain_text("43,33% mức tăng trưởng là do TFP.")
    context.close()


@pytest.mark.parametrize("english", [False, True])
def test_numbers_are_read_as_the_site_reads_them(who, english):
    at(who, "oee")
    read = who.page.evaluate(
        "([texts, english]) => texts.map((text) => calculating.typedNumber(text, english))",
        [TYPED, english],
    )
    wanted = [typed_number(text, english=english) for text in TYPED]
    assert dict(zip(TYPED, read, strict=True)) == {
        text: None if number is None else float(number)
        for text, number in zip(TYPED, wanted, strict=True)
    }


def test_formulas_come_to_what_the_site_makes_of_them(who):
    at(who, "oee")
    given = read_yaml(CONTENT / "calculators.yaml")["calculators"]
    for calculator in given:
        names = [one["key"] for one in calculator["inputs"]]
        choices = [dict(zip(names, row, strict=True)) for row in _rows(len(names))]
        for result in calculator["results"]:
            steps = steps_of(result["formula"], names=set(names))
            found = who.page.evaluate(
                "([steps, rows]) => rows.map((row) => calculating.reckoned(steps, row))",
                [steps, choices],
            )
            assert found == [pytest.approx(reckoned(steps, row)) for row in choices], result["key"]


def _rows(width):
    rows = [*itertools.product(VALUES, repeat=width)]
    return [*rows[:: max(1, len(rows) // 200)], (None,) * width]
