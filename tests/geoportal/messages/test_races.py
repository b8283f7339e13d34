"""Workers that send at the same moment, and one that is killed while it sends; real processes."""

import os
import signal
import socketserver
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from email import message_from_bytes
from email.message import Message as Received
from pathlib import Path
from threading import Barrier, Event
from typing import Any
from urllib.parse import quote

import pytest
import time_machine
from django.conf import settings as django_settings
from django.db import connection
from django.utils import timezone

from geoportal.messages.delivery import deliver_due
from geoportal.messages.drafts import Draft
from geoportal.messages.leasing import LEASE
from geoportal.messages.models import Message
from geoportal.messages.services import post_messages
from tests.geoportal.messages.conftest import HELLO, OLIA, list_sent

pytestmark = pytest.mark.django_db(transaction=True)
PATIENCE_S = 60


class Session(socketserver.StreamRequestHandler):
    """As much of RFC 5321 as a client needs; the server may stall before it takes a letter."""

    server: "MailServer"

    def handle(self) -> None:
        self.say("220 test")
        while line := self.rfile.readline():
            verb = line[:4].upper()
            if verb == b"DATA":
                self.take_letter()
            else:
                self.say("221 bye" if verb == b"QUIT" else "250 ok")

    def take_letter(self) -> None:
        self.say("354 go on")
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line)
        self.server.letters.append(message_from_bytes(b"".join(lines)))
        if self.server.stalls:
            self.server.ended.wait(PATIENCE_S)
            return
        self.say("250 taken")

    def say(self, words: str) -> None:
        self.wfile.write(f"{words}\r\n".encode())


class MailServer(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Session)
        self.letters: list[Received] = []
        self.stalls = False
        self.ended = Event()


@pytest.fixture
def mail_server() -> Iterator[MailServer]:
    with MailServer() as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield server
        server.ended.set()
        server.shutdown()


@pytest.fixture
def by_smtp(mail_server: MailServer, settings: Any) -> MailServer:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", mail_server.server_address[1]
    return mail_server


def start_worker(mail_server: MailServer) -> subprocess.Popen[bytes]:
    """`manage.py deliver_messages` on the database of the test."""
    database = connection.settings_dict
    query = "&".join(
        f"{name}={quote(str(database[key]), safe='')}"
        for name, key in (("host", "HOST"), ("port", "PORT"), ("user", "USER"))
        if database[key]
    )
    environment = os.environ | {
        "GEOPORTAL_DATABASE_URL": f"postgis:///{database['NAME']}?{query}",
        "GEOPORTAL_EMAIL_URL": f"smtp://127.0.0.1:{mail_server.server_address[1]}",
    }
    if database["PASSWORD"]:
        environment["PGPASSWORD"] = database["PASSWORD"]
    return subprocess.Popen(
        [sys.executable, "manage.py", "deliver_messages"],
        cwd=Path(django_settings.BASE_DIR),
        env=environment,
    )


def wait_until(is_so: Any) -> None:
    until = time.monotonic() + PATIENCE_S
    while not is_so():
        assert time.monotonic() < until, "it does not happen"
        time.sleep(0.05)


def test_a_worker_killed_while_sending_loses_no_letter(by_smtp, mail_server):
    """The server has its letter, but the worker never hears so: it goes once more, recognisably."""
    post_messages([Draft(address=OLIA, content=HELLO)])
    mail_server.stalls = True
    worker = start_worker(mail_server)
    try:
        wait_until(lambda: mail_server.letters)
    finally:
        worker.send_signal(signal.SIGKILL)
        worker.wait(PATIENCE_S)
    assert Message.objects.get().state == "sending"
    mail_server.stalls = False
    assert deliver_due().sent == 0, "the lease still holds"
    with time_machine.travel(timezone.now() + LEASE + timedelta(seconds=1), tick=True):
        assert deliver_due().sent == 1
    first, second = mail_server.letters
    assert first["Message-ID"] == second["Message-ID"] == f"<{Message.objects.get().uid}@localhost>"
    assert Message.objects.get().state == "sent"


def test_a_worker_that_is_not_killed_sends_by_smtp(mail_server):
    post_messages([Draft(address=OLIA, content=HELLO)])
    assert start_worker(mail_server).wait(PATIENCE_S) == 0
    (letter,) = mail_server.letters
    assert letter["To"] == OLIA
    assert Message.objects.get().state == "sent"


def test_workers_at_once_send_each_letter_once(server):
    addresses = [f"{n}@example.org" for n in range(60)]
    post_messages(Draft(address=each, content=HELLO) for each in addresses)
    barrier = Barrier(4)

    def work() -> int:
        try:
            barrier.wait(timeout=20)
            return deliver_due().sent
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        shares = list(pool.map(lambda _n: work(), range(4)))
    assert Counter(list_sent()) == Counter(addresses)
    assert sum(shares) == len(addresses)


def test_two_posts_of_one_thing_at_once_are_one_message():
    barrier = Barrier(4)

    def post() -> None:
        try:
            barrier.wait(timeout=20)
            post_messages([Draft(address=OLIA, key="problems:1", content=HELLO)])
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        for future in [pool.submit(post) for _ in range(4)]:
            future.result()
    assert Message.objects.count() == 1
