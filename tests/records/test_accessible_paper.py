"""What a screen reader finds in the PDF of a certificate, read by an independent reader: the rules
of PDF/UA-1 that can be told from the file itself.
"""

from io import BytesIO

import pytest
from pypdf import PdfReader
from pypdf.generic import ArrayObject, ContentStream, DictionaryObject

from club.records.certificates.designing import sample_pdf
from club.records.certificates.designs import Design, Wording, drawn
from club.records.certificates.models import DesignLanguage
from tests.records.test_designs import a_png
from tests.support.factories import NOW

#: What holds words of its own; a ``Div`` only groups.
HOLD_WORDS = {"/P", "/H1", "/Span", "/Figure"}
SHOW_TEXT = {b"Tj", b"TJ", b"'", b'"'}


@pytest.fixture(params=DesignLanguage)
def reader(request):
    words = Wording(language=request.param, prints_scores=True, signer_name="Trần Thị Minh Hạnh")
    design = Design(words, logo=drawn(a_png()), signature=drawn(a_png()))
    return PdfReader(BytesIO(sample_pdf(design, public_url="http://localhost", now=NOW)))


def elements(node, above=None):
    """Every element of the structure with the kind that it stands in."""
    node = node.get_object()
    for held in node if isinstance(node, ArrayObject) else [node]:
        one = held.get_object()
        if isinstance(one, DictionaryObject) and "/S" in one:
            yield one, above
            yield from elements(one.get("/K", ArrayObject()), one["/S"])


def structure(reader):
    return list(elements(reader.trailer["/Root"]["/StructTreeRoot"]["/K"]))


def marked(page):
    """Of every piece of text on the page, the number of its mark, or what else it stands in."""
    open_marks, found = [], []
    for operands, operator in ContentStream(page.get_contents(), page.pdf).operations:
        if operator in (b"BDC", b"BMC"):
            properties = operands[1] if len(operands) > 1 else {}
            number = properties.get("/MCID") if isinstance(properties, dict) else None
            open_marks.append(operands[0] if number is None else int(number))
        elif operator == b"EMC":
            open_marks.pop()
        elif operator in SHOW_TEXT:
            found.append(open_marks[:])
    assert open_marks == []
    return found


def numbers_in(element):
    held = element.get("/K")
    held = held if isinstance(held, ArrayObject) else [held]
    return [
        int(one.get_object().get("/MCID")) if isinstance(one.get_object(), dict) else int(one)
        for one in held
        if one is not None and (isinstance(one, int) or one.get_object().get("/Type") == "/MCR")
    ]


def test_it_says_what_it_is_and_in_which_language(reader):
    catalog = reader.trailer["/Root"]
    assert (catalog["/Lang"], catalog["/MarkInfo"]["/Marked"]) == ("vi-VN", True)
    assert catalog["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata.title == "Giấy chứng nhận hoàn thành CN-2026-000000"
    assert "CN-2026-000000</rdf:li>" in catalog["/Metadata"].get_data().decode()


def test_every_word_belongs_to_the_structure_or_is_an_ornament(reader):
    (page,) = reader.pages
    known = {n for element, _above in structure(reader) for n in numbers_in(element)}
    for marks in marked(page):
        assert "/Artifact" in marks or known & {*marks}, marks


def test_words_stand_in_paragraphs_and_headings(reader):
    kinds = {above for element, above in structure(reader) if element["/S"] in ("/P", "/H1")}
    assert kinds <= {"/Div", "/Document"}
    for element, above in structure(reader):
        assert not numbers_in(element) or element["/S"] in HOLD_WORDS
        assert element["/S"] != "/Span" or above in ("/P", "/H1")
    assert [e["/S"] for e, _above in structure(reader)].count("/H1") == 1


def test_every_picture_says_what_it_shows(reader):
    told = [str(e["/Alt"]) for e, _above in structure(reader) if e["/S"] == "/Figure"]
    assert told == [
        "Chữ ký của Trần Thị Minh Hạnh",
        "Mã QR để kiểm tra giấy chứng nhận tại http://localhost/verify/00000000000000",
    ]


def test_english_words_are_said_to_be_english(reader):
    (page,) = reader.pages
    content = page.get_contents().get_data()
    is_both = "Certificate of completion" in page.extract_text()
    assert (b"/Lang(en)" in content) == is_both
    assert b"en-VN" not in content


def test_its_letters_can_be_read_out(reader):
    (page,) = reader.pages
    for named in page["/Resources"]["/Font"].values():
        font = named.get_object()
        assert "/ToUnicode" in font
        (inner,) = font["/DescendantFonts"]
        described = inner.get_object()["/FontDescriptor"].get_object()
        assert {"/FontFile2", "/FontFile3"} & {*described}
    assert page["/Tabs"] == "/S"
