"""A mail server that misbehaves on demand, and remembers what it took."""

import asyncio
import email
import email.policy
import socket
from contextlib import contextmanager

from aiosmtpd.controller import Controller


class Faulty:
    """``mode``: ok, 4xx, 5xx, hang, drop-after-data, slow, flaky, refuse-recipient or
    refuse-sender. Flaky refuses every second message for the time being.
    """

    def __init__(self) -> None:
        self.mode = "ok"
        self.taken = []
        self.offered = 0

    async def handle_MAIL(self, _server, _session, envelope, address, _options):  # noqa: N802  the server's name
        if self.mode == "refuse-sender":
            return "553 5.1.8 who are you"
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(self, _server, _session, envelope, address, _options):  # noqa: N802  the server's name
        if self.mode == "refuse-recipient":
            return "550 5.1.1 nobody of that name"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, _session, envelope):  # noqa: N802  the server's name
        message = email.message_from_bytes(envelope.content, policy=email.policy.default)
        self.offered += 1
        if self.mode == "4xx" or (self.mode == "flaky" and self.offered % 2):
            return "451 4.3.0 try later"
        if self.mode == "5xx":
            return "554 5.7.1 no"
        if self.mode == "hang":
            await asyncio.sleep(60)
        if self.mode == "slow":
            await asyncio.sleep(0.2)
        self.taken.append(message)
        if self.mode == "drop-after-data":
            server.transport.abort()
            return "421 gone"
        return "250 OK"

    @property
    def ids(self):
        return [message["Message-ID"] for message in self.taken]


@contextmanager
def mail_server():
    """Gives the handler and the address of a server on a port of its own."""
    faulty = Faulty()
    port = a_free_port()
    controller = Controller(faulty, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield faulty, f"smtp://127.0.0.1:{port}"
    finally:
        controller.stop()


def a_free_port():
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        return unused.getsockname()[1]
