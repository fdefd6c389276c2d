"""The project's own code as trees, each file read and walked through once in a process."""

import ast
from functools import cache
from pathlib import Path


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def nodes_of(path: Path) -> tuple[ast.AST, ...]:
    """All of the tree; to walk through it takes longer than to read it."""
    return tuple(ast.walk(tree_of(path)))
