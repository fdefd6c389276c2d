"""A real browser for the tests: one that is installed, else one that can be had.

Nothing here skips: a machine on which no browser can be found or fetched fails the tests
and says what it lacks.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

INSTALLED = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "microsoft-edge",
)
PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
QUIET = ["--no-sandbox", "--disable-background-networking", "--no-first-run"]


def browser_program() -> str | None:
    """Path of an installed browser, ``None`` for the one that Playwright brought.

    TEST_BROWSER names one. Otherwise: what is installed, what Playwright has or can download,
    what Debian's package manager may install.
    """
    named = os.environ.get("TEST_BROWSER")
    if named:
        return named
    if found := _installed():
        return found
    if _playwright_has_one():
        return None
    if _playwright_downloads_one() and _playwright_has_one():
        return None
    if _debian_installs_one() and (found := _installed()):
        return found
    pytest.fail(
        "No browser for the browser tests: neither Chromium nor Chrome is installed, Playwright's "
        "download did not work, and this user cannot install Debian's chromium package. "
        "Install one, or name its program in TEST_BROWSER.",
        pytrace=False,
    )


@contextmanager
def launched() -> Iterator[Browser]:
    program = browser_program()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=QUIET)
        yield browser
        browser.close()


def _installed() -> str | None:
    found = (shutil.which(name) for name in INSTALLED)
    return next((path for path in [*found, *PLACES] if path and Path(path).exists()), None)


def _playwright_has_one() -> bool:
    with sync_playwright() as playwright:
        return Path(playwright.chromium.executable_path).exists()


def _playwright_downloads_one() -> bool:
    return _ran([sys.executable, "-m", "playwright", "install", "chromium"])


def _debian_installs_one() -> bool:
    if not shutil.which("apt-get") or os.geteuid() != 0:
        return False
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    install = ["apt-get", "install", "--yes", "--quiet", "--no-install-recommends", "chromium"]
    return _ran(["apt-get", "update", "--quiet"], quiet) and _ran(install, quiet)


def _ran(command: list[str], environment: dict[str, str] | None = None) -> bool:
    try:
        done = subprocess.run(command, env=environment, timeout=600, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0
