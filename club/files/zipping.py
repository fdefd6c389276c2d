"""ZIP files that the site makes of stored files: written piece by piece, the clock as it is where
the club is, readable by their owner alone where they are unpacked.
"""

from collections.abc import Iterable
from datetime import datetime
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from club import clock


def zip_entry(name: str, now: datetime, compression: int = ZIP_DEFLATED) -> ZipInfo:
    made = ZipInfo(name, clock.local(now).timetuple()[:6])
    made.compress_type = compression
    made.external_attr = 0o600 << 16
    return made


def add_pieces(archive: ZipFile, name: str, pieces: Iterable[bytes], *, now: datetime) -> None:
    """A stored file, which is packed already as a rule."""
    with archive.open(zip_entry(name, now, ZIP_STORED), "w", force_zip64=True) as file:
        for piece in pieces:
            file.write(piece)
