"""What organisations do. The keys stand in tables, files and addresses and never change."""

from flask_babel import lazy_gettext
from flask_babel.speaklater import LazyString

SECTORS: dict[str, LazyString] = {
    "garment": lazy_gettext("Garments"),
    "footwear": lazy_gettext("Footwear and leather"),
    "wood": lazy_gettext("Wood and furniture"),
    "ceramics": lazy_gettext("Ceramics"),
    "plastics": lazy_gettext("Plastics"),
    "metal": lazy_gettext("Metal products"),
    "electronics": lazy_gettext("Electronics"),
    "automotive": lazy_gettext("Vehicles and parts"),
    "food": lazy_gettext("Food and drink"),
    "chemicals": lazy_gettext("Chemicals"),
    "rubber": lazy_gettext("Rubber"),
    "printing_packaging": lazy_gettext("Printing and packaging"),
    "paper": lazy_gettext("Pulp and paper"),
    "textile": lazy_gettext("Textiles"),
    "machinery": lazy_gettext("Machinery"),
    "construction": lazy_gettext("Construction"),
    "logistics": lazy_gettext("Transport, ports and warehouses"),
    "trade": lazy_gettext("Trade"),
    "services": lazy_gettext("Services"),
    "public_service": lazy_gettext("Public service"),
    "education": lazy_gettext("Education and training"),
    "health": lazy_gettext("Health care"),
    "other": lazy_gettext("Another sector"),
}


def sector_name(key: str | None) -> str:
    """The words for a stored key; nothing for none, the key itself for one of other days."""
    if not key:
        return ""
    return str(SECTORS.get(key, key))
