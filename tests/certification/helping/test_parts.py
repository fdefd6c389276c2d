"""What other pages show of experts who can help."""

import pytest

from club.accounts.consents import withdraw_consent
from club.accounts.models import ConsentPurpose
from club.knowledge.models import Article, ArticleKind, ArticleTool, Tool
from tests.certification.helping.kit import (
    a_member,
    a_representative,
    an_expert_with_account,
    asked,
    took,
)
from tests.certification.kit import with_schemes
from tests.support.factories import NOW, saved

TEXT = "/knowledge/5s-o-xuong"
LINK = "/experts/?tool=5s&amp;helps=1"


@pytest.fixture(autouse=True)
def schemes(context):
    with_schemes()
    tool = saved(Tool(key="5s", name="5S", name_en="5S", position=1))
    article = saved(
        Article(
            kind=ArticleKind.TOOL, slug="5s-o-xuong", title="5S", title_en="5S", summary="x",
            summary_en="x", body="x", body_html="<p>x</p>", reading_minutes=1,
            checked_on=NOW.date(), review_by=NOW.date(), rendering=1,
            published_at=NOW, modified_at=NOW,
        )
    )  # fmt: skip
    saved(ArticleTool(article_id=article.id, tool_id=tool.id, position=1))


def test_a_text_says_how_many_experts_help_with_its_tools_and_names_nobody(client):
    assert "Chuyên gia có thể giúp" not in client.get(TEXT).text
    expert, _account = an_expert_with_account(tool=["5s"])
    page = client.get(TEXT).text
    assert ("Chuyên gia có thể giúp" in page, LINK in page) == (True, True)
    assert "Trần Chuyên Gia" not in page
    withdraw_consent(expert.person_id, ConsentPurpose.PUBLIC_EXPERT_REGISTER, now=NOW)
    assert LINK not in client.get(TEXT).text


def test_a_text_that_gained_an_expert_is_another_page(client):
    known = {"If-None-Match": client.get(TEXT).headers["ETag"]}
    assert client.get(TEXT, headers=known).status_code == 304
    an_expert_with_account(tool=["5s"])
    assert client.get(TEXT, headers=known).status_code == 200


def test_experts_of_other_tools_are_not_counted(client):
    an_expert_with_account(tool=["kaizen"])
    assert "Chuyên gia có thể giúp" not in client.get(TEXT).text


def test_an_organisation_finds_experts_of_its_sector_and_sees_what_is_open(sign_in):
    account, firm = a_representative()
    browser, here = sign_in(account), f"/organisations/{firm.code}/"
    page = browser.get(here).text
    assert "/experts/?sector=wood&amp;helps=1" in page
    assert "lời nhờ chưa xong" not in page
    asked(None, account, organisation=firm)
    assert "Đang có 1 lời nhờ chưa xong." in browser.get(here).text


def test_ones_own_page_says_whose_answer_is_waited_for(sign_in):
    expert, account = an_expert_with_account()
    member = a_member()
    request = asked(expert, member)
    experts, members = sign_in(account), sign_in(member)
    assert "1 lời nhờ chờ anh chị trả lời" in experts.get("/me/").text
    assert "lời nhờ chờ anh chị" not in members.get("/me/").text
    took(request, "asked_back", account, "Mấy chuyền?")
    assert "lời nhờ chờ anh chị" not in experts.get("/me/").text
    assert "1 lời nhờ chờ anh chị trả lời" in members.get("/me/").text
