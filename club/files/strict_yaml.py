"""YAML that is read strictly: every key is known, and a fault names its line."""

from collections.abc import Sequence
from functools import cache
from typing import Any

from club.files.content_error import Fault, Wrong
from club.files.fields import FieldRule, Fields, Path
from club.files.plain_yaml import safe_loader


class StrictYaml:
    """The keys of a file. Collects all faults instead of stopping at one.

    ``before``: how many lines of the file stand before ``text``.
    """

    def __init__(self, path: str, text: str, *, before: int = 0) -> None:
        self.path = path
        self.faults: list[Fault] = []
        self._text = text
        self._first_line = before + 1
        self.fields = Fields(self, (), self._read())

    def fault(self, at: Path, message: str) -> None:
        self.faults.append(Fault(self.path, self._line(at), _written(at), message))

    def _read(self) -> dict[str, Any]:
        import yaml

        try:
            given = yaml.load(self._text, _loader())  # noqa: S506  a SafeLoader
        except yaml.MarkedYAMLError as error:
            line = error.problem_mark.line + self._first_line if error.problem_mark else None
            self.faults.append(Fault(self.path, line, "", f"is not YAML: {error.problem}"))
            return {}
        except yaml.YAMLError as error:
            self.faults.append(Fault(self.path, None, "", f"is not YAML: {error}"))
            return {}
        if isinstance(given, dict):
            return given
        self.fault((), Wrong(FieldRule.NO_MAPPING))
        return {}

    def _line(self, at: Path) -> int | None:
        """Where a key stands; of a missing one, where its surroundings begin."""
        import yaml

        node = yaml.compose(self._text, safe_loader())
        line = node.start_mark.line if node else 0
        for step in at:
            node, found = _step(node, step)
            line = found if found is not None else line
        return line + self._first_line


@cache
def _loader() -> Any:
    """Refuses a key that stands twice, where YAML would silently keep the second."""
    from yaml.constructor import ConstructorError

    class StrictLoader(safe_loader()):  # type: ignore[misc]
        def construct_mapping(self, node: Any, deep: bool = False) -> Any:  # noqa: FBT001, FBT002
            seen = set()
            for key_node, _value in node.value:
                if key_node.value in seen:
                    msg = f"the key {key_node.value} stands here a second time"
                    raise ConstructorError(None, None, msg, key_node.start_mark)
                seen.add(key_node.value)
            return super().construct_mapping(node, deep=deep)

    return StrictLoader


def _step(node: Any, step: str | int) -> tuple[Any, int | None]:
    from yaml import MappingNode, SequenceNode

    if isinstance(step, int) and isinstance(node, SequenceNode):
        inner = node.value[step]
        return inner, inner.start_mark.line
    if isinstance(node, MappingNode):
        for key, value in node.value:
            if key.value == str(step):
                return value, key.start_mark.line
    return None, None


def _written(at: Sequence[str | int]) -> str:
    parts = [f"[{step + 1}]" if isinstance(step, int) else f".{step}" for step in at]
    return "".join(parts).lstrip(".")
