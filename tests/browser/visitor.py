"""Somebody at a screen: a browser window that watches over every page it is shown."""

import os
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, Request

from tests.browser.layout import flaws

PHONE = (390, 844)
NARROW = (320, 640)
TABLET = (768, 1024)
DESK = (1280, 900)
AXE = Axe()
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}
#: Folder for a picture of every page passed, for whoever wants to look at them.
PICTURES = os.environ.get("TEST_PICTURES")


class Visitor:
    """What is wrong with any page passed is collected in ``complaints``."""

    def __init__(
        self,
        browser: Browser,
        address: str,
        screen: tuple[int, int],
        *,
        name: str = "visitor",
        scripts: bool = True,
    ) -> None:
        width, height = screen
        self.name = name
        self.address = address
        self.complaints: list[str] = []
        #: Statuses that a test provokes: browsers report such answers in the console.
        self.provokes: set[int] = set()
        self.is_on_phone = width < 600
        self.has_scripts = scripts
        self.context = browser.new_context(
            base_url=address,
            viewport={"width": width, "height": height},
            has_touch=self.is_on_phone,
            locale="vi-VN",
            timezone_id="Asia/Ho_Chi_Minh",
            java_script_enabled=scripts,
        )
        self.context.set_default_timeout(20_000)
        self.context.on("request", self._leaves_the_site)
        self.page = self.context.new_page()
        self.page.on("console", self._said_in_the_console)
        self.page.on("pageerror", lambda error: self._complain(f"script failed: {error}"))
        self._pages = 0

    def opens(self, path: str) -> None:
        self.page.goto(path)

    def sees(self, heading: str) -> Page:
        """The page's one main heading is ``heading``, and nothing is wrong with the page."""
        headings = self.page.locator("main h1")
        headings.first.wait_for()
        assert [" ".join(text.split()) for text in headings.all_inner_texts()] == [heading]
        self.inspects()
        return self.page

    def inspects(self) -> None:
        self._take_picture()
        too_wide = self.page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        if too_wide > 0:
            self._complain(f"{too_wide} px wider than the screen")
        for flaw in flaws(self.page):
            self._complain(flaw)
        if not self.has_scripts:
            return  # axe waits on timers, which do not run then
        for broken in AXE.run(self.page, options=RULES).response["violations"]:
            places = ", ".join(str(node["target"]) for node in broken["nodes"][:5])
            self._complain(f"{broken['id']}: {places}")

    def button(self, name: str) -> Locator:
        return self.page.locator("main").get_by_role("button", name=name, exact=True)

    def link(self, name: str) -> Locator:
        return self.page.locator("main").get_by_role("link", name=name, exact=True)

    def field(self, label: str) -> Locator:
        return self.page.locator("main").get_by_label(label, exact=True)

    def follows(self, name: str) -> None:
        self.link(name).first.click()

    def presses(self, name: str) -> None:
        self.button(name).first.click()

    def _complain(self, what: str) -> None:
        self.complaints.append(f"{self.page.url} ({self.name}): {what}")

    def _said_in_the_console(self, message: ConsoleMessage) -> None:
        provoked = any(
            f"responded with a status of {status}" in message.text for status in self.provokes
        )
        if message.type in {"error", "warning"} and not provoked:
            self._complain(f"console: {message.text}")

    def _leaves_the_site(self, request: Request) -> None:
        if not request.url.startswith((f"{self.address}/", "data:", "blob:")):
            self._complain(f"asks for {request.url}")

    def _take_picture(self) -> None:
        if not PICTURES:
            return
        self._pages += 1
        width = (self.page.viewport_size or {"width": 0})["width"]
        name = f"{width}-{self.name}-{self._pages:02}.png"
        self.page.screenshot(path=Path(PICTURES) / name, full_page=True)
