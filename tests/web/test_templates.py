"""Templates are compiled once for all processes, and again when that would come out otherwise."""

import jinja2
import pytest
from jinja2 import DictLoader

from club.web.templates import Compiled, Templates


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "templates"


@pytest.fixture
def drawn(app, folder, monkeypatch):
    """What a fresh process makes of a template, and whether it compiled it for that."""

    def draw(text="Chào {{ name }}", **told):
        compiled = []
        compile_ = jinja2.Environment.compile

        def counted(self, source, *rest, **more):
            compiled.append(source)
            return compile_(self, source, *rest, **more)

        with monkeypatch.context() as watched:
            watched.setattr(jinja2.Environment, "compile", counted)
            options = app.jinja_options | {"bytecode_cache": Compiled(folder)} | told
            site = Templates(app, loader=DictLoader({"a.html": text}), **options)
            said = site.get_template("a.html").render(name="Lan")
        return said, bool(compiled)

    return draw


def test_the_next_process_finds_what_one_compiled(drawn, folder):
    assert drawn() == ("Chào Lan", True)
    assert drawn() == ("Chào Lan", False)
    assert folder.stat().st_mode & 0o777 == 0o700


def test_another_text_is_compiled_anew(drawn):
    drawn()
    assert drawn("Tạm biệt {{ name }}") == ("Tạm biệt Lan", True)


def test_what_writes_other_code_compiles_anew(drawn):
    text = "{% if name %}\nChào{% endif %}"
    assert drawn(text) == ("\nChào", True)
    assert drawn(text, trim_blocks=True) == ("Chào", True)


def test_another_jinja_compiles_anew(drawn, monkeypatch):
    drawn()
    monkeypatch.setattr(jinja2, "__version__", "99.0")
    assert drawn() == ("Chào Lan", True)


@pytest.mark.parametrize("rest", [0, 4, 40])
def test_what_a_power_cut_left_is_compiled_anew(drawn, folder, rest):
    drawn()
    (file,) = folder.iterdir()
    file.write_bytes(file.read_bytes()[:rest])
    assert drawn() == ("Chào Lan", True)
    assert drawn() == ("Chào Lan", False)


def test_a_page_is_drawn_where_nothing_can_be_kept(drawn, folder):
    folder.write_text("no folder")
    assert drawn() == ("Chào Lan", True)
    assert drawn() == ("Chào Lan", True)
