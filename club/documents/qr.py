"""QR codes as drawings for pages and for printing."""

from io import BytesIO

#: Modules of quiet ground that readers need around a code.
QUIET_ZONE = 4


def qr_drawing(address: str, *, border: int = QUIET_ZONE) -> str:
    """An SVG without size, dark on white in every theme: phones read nothing else well."""
    import segno

    drawn = BytesIO()
    segno.make(address, error="m").save(
        drawn, kind="svg", border=border, xmldecl=False, omitsize=True, dark="#083b40", light="#fff"
    )
    return drawn.getvalue().decode()
