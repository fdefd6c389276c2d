"""What the small parts of every page promise, whoever uses them."""

import re

from flask import render_template_string
from wtforms import Form, StringField
from wtforms.validators import Optional

COMPONENTS = {
    "page_head": "action_link",
    "data_table": "cell, num_cell",
    "form": "field",
}


def rendered(component, call, **given):
    name = COMPONENTS[component]
    source = f'{{% from "_components/{component}.html" import {name} with context %}}{call}'
    return render_template_string(source, **given)


def order_in_link(html):
    """The "words" and "picture", as they follow each other in the link."""
    inside = re.sub(r"<svg.*?</svg>", " picture ", re.search(r">(.*)</a>", html, re.DOTALL)[1])
    return inside.split()


def test_the_picture_of_an_action_comes_before_its_words(app):
    with app.test_request_context():
        html = rendered("page_head", '{{ action_link("words", "/x", "bell") }}')
    assert order_in_link(html) == ["picture", "words"]


def test_an_arrow_onward_comes_after_the_words(app):
    with app.test_request_context():
        html = rendered("page_head", '{{ action_link("words", "/x") }}')
        leaving = rendered("page_head", '{{ action_link("words", "/x", "box-arrow-up-right") }}')
    assert order_in_link(html) == ["words", "picture"]
    assert order_in_link(leaving) == ["words", "picture"]


def test_a_figure_of_nought_is_left_out_only_where_its_column_is_named_beside_it(app):
    with app.test_request_context():
        named = rendered(
            "data_table", '{{ num_cell(0, head="Waiting") }}{{ num_cell(6, head="Waiting") }}'
        )
        plain = rendered("data_table", "{{ num_cell(0) }}")
    assert re.findall(r"<td ([^>]*)>", named) == [
        'class="cell-num cell-empty" data-label="Waiting"',
        'class="cell-num" data-label="Waiting"',
    ]
    assert re.findall(r"<td ([^>]*)>", plain) == ['class="cell-num"']


def test_what_a_cell_says_stands_together_beside_its_label(app):
    with app.test_request_context():
        cell = rendered("data_table", '{% call cell("Label") %}<b>1</b><i>2</i>{% endcall %}')
    assert '<td data-label="Label"><div><b>1</b><i>2</i></div></td>' in cell


def test_a_cell_says_whether_it_has_anything_to_show_beside_its_label(app):
    with app.test_request_context():
        empty = rendered("data_table", '{% call cell("Label") %} <span> </span> {% endcall %}')
        full = rendered("data_table", '{% call cell("Label") %}<span>0</span>{% endcall %}')
    assert '<td class="cell-empty" data-label="Label">' in empty
    assert '<td data-label="Label">' in full


class Left(Form):
    kind = StringField("Kind", validators=[Optional()])


def test_a_field_that_may_stay_empty_says_so_unless_the_page_knows_better(app):
    with app.test_request_context():
        by_itself, otherwise, in_words = (
            rendered("form", call, form=Left())
            for call in (
                "{{ field(form.kind) }}",
                "{{ field(form.kind, optional=false) }}",
                '{{ field(form.kind, optional="if known") }}',
            )
        )
    assert re.findall(r'form-optional">(.*?)<', by_itself) == ["(không bắt buộc)"]
    assert "form-optional" not in otherwise
    assert re.findall(r'form-optional">(.*?)<', in_words) == ["(if known)"]
