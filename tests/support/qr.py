"""What a phone's camera reads on a page or on paper; it shares nothing with what draws the codes."""

from io import BytesIO

import pypdfium2
import zxingcpp
from PIL import Image

#: Dots for each point of a PDF, 1/72 inch: 216 dpi, less than what a phone sees.
_SHARPNESS = 3


def codes_on_picture(png: bytes) -> list[str]:
    with Image.open(BytesIO(png)) as picture:
        return _codes(picture)


def codes_on_paper(pdf: bytes, page: int = 0) -> list[str]:
    with pypdfium2.PdfDocument(pdf) as document:
        return _codes(document[page].render(scale=_SHARPNESS).to_pil())


def _codes(picture: Image.Image) -> list[str]:
    found = zxingcpp.read_barcodes(picture.convert("L"), formats=zxingcpp.BarcodeFormat.QRCode)
    return [code.text for code in found]
