import pytest
from jinja2 import ChoiceLoader, DictLoader

from club.outbox.rendering import rendered


@pytest.fixture
def templates(app):
    """Letters that only these tests know."""
    templates = {}
    loader = app.jinja_env.loader
    app.jinja_env.loader = ChoiceLoader([DictLoader(templates), loader])
    yield templates
    app.jinja_env.loader = loader


def test_the_first_line_is_the_subject(templates):
    templates["probe/letters/one.txt"] = "Chào {{ name }}\n\nMời xem {{ site }}/me/\n"
    letter = rendered("probe/one", language="vi", name="<An>")
    assert letter.subject == "Chào <An>"
    assert letter.text == "Mời xem http://localhost/me/\n"
    assert letter.html is None


def test_a_letter_speaks_its_readers_language(app, templates):
    templates["probe/letters/two.txt"] = '{{ said("lớp", "class") }} {{ _("Monday") }}'
    with app.test_request_context("/?lang=vi"):
        assert rendered("probe/two", language="en").subject == "class Monday"
        assert rendered("probe/two", language="vi").subject.startswith("lớp ")


def test_html_beside_the_text_is_escaped(templates):
    templates["probe/letters/three.txt"] = "Subject"
    templates["probe/letters/three.html"] = "<p>{{ name }}</p>"
    assert rendered("probe/three", language="vi", name="<An>").html == "<p>&lt;An&gt;</p>"


def test_a_firm_s_ampersand_is_not_written_as_in_html(templates):
    templates["probe/letters/four.txt"] = '{{ _("Dear %(name)s,", name=name) }}'
    assert rendered("probe/four", language="en", name="A & <B>").subject == "Dear A & <B>,"
