"""The templates' environment, with what costs too much in Jinja's own."""

from collections.abc import MutableMapping
from contextlib import suppress
from pathlib import Path
from pickle import UnpicklingError
from typing import Any

import jinja2
from flask import Flask
from flask.templating import Environment
from jinja2.bccache import Bucket, FileSystemBytecodeCache


class Templates(Environment):
    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """A plain dictionary instead of a chain of two. Every import of a macro looks through
        all names, which through a chain took a quarter of the time of a page. Names that are
        added after a template was loaded do not reach it: all of ours are there by then.
        """
        return {**self.globals, **(d or {})}


class Compiled(FileSystemBytecodeCache):
    """Compiled templates, kept in a folder for all processes to come.

    A template is compiled anew where its text differs, or Jinja does, or what it is told about
    writing code. Where nothing can be kept, each process compiles for itself.
    """

    def __init__(self, folder: Path) -> None:
        super().__init__(str(folder), "%s.compiled")

    def get_bucket(
        self, environment: jinja2.Environment, name: str, filename: str | None, source: str
    ) -> Bucket:
        told = (
            jinja2.__version__, environment.trim_blocks, environment.lstrip_blocks,
            sorted(environment.extensions), environment.policies["ext.i18n.trimmed"],
        )  # fmt: skip
        return super().get_bucket(environment, name, filename, f"{told}{source}")

    def load_bytecode(self, bucket: Bucket) -> None:
        with suppress(OSError, EOFError, UnpicklingError):
            super().load_bytecode(bucket)

    def dump_bytecode(self, bucket: Bucket) -> None:
        with suppress(OSError):
            Path(self.directory).mkdir(mode=0o700, exist_ok=True)
            super().dump_bytecode(bucket)


def init_templates(app: Flask, *, kept_in: Path) -> None:
    """Before anything asks for ``app.jinja_env``, which makes it."""
    app.jinja_environment = Templates
    app.jinja_options = {"bytecode_cache": Compiled(kept_in)}
