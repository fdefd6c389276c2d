import pytest

from tests.knowledge.content_folder import ContentFolder


@pytest.fixture
def content(tmp_path):
    """``content.write("cases/a.md", strength="B")`` writes a file that is right but for what is given."""
    return ContentFolder(tmp_path)
