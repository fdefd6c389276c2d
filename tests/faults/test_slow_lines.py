"""Somebody on a slow line makes nobody else wait."""

import socket
import time
import urllib.request

import pytest

from tests.support.site import RunningSite

pytestmark = pytest.mark.site

HALF_A_FORM = (
    b"POST /login HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 500\r\n"
    b"Content-Type: application/x-www-form-urlencoded\r\n\r\nemail=lan"
)


def test_forms_that_never_end_hold_up_no_page(tmp_path):
    with RunningSite(tmp_path / "var") as site:
        slow = [socket.create_connection(("127.0.0.1", site.port)) for _ in range(8)]
        for line in slow:
            line.sendall(HALF_A_FORM)
        time.sleep(0.5)
        began = time.monotonic()
        for _ in range(8):
            with urllib.request.urlopen(f"{site.address}/courses/", timeout=10) as answer:
                assert answer.status == 200
        assert time.monotonic() - began < 5
        for line in slow:
            line.close()
