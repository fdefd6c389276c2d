"""The fixture of the room above: a folder of content of one's own."""

from tests.knowledge.conftest import content  # noqa: F401
