"""A mail server that keeps what it is given, and can take its time."""

import socketserver
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import Message
from threading import Event, Thread


class MailServer(socketserver.ThreadingTCPServer):
    """Speaks as much SMTP as a mail needs. ``given`` holds all mails, ``taken`` those confirmed."""

    allow_reuse_address = daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Conversation)
        self.given: list[Message] = []
        self.taken: list[Message] = []
        # While it is cleared, a mail is received but not confirmed.
        self.confirms = Event()
        self.confirms.set()

    @property
    def url(self) -> str:
        """What EMAIL_URL is for it."""
        return f"smtp://127.0.0.1:{self.server_address[1]}"


class Conversation(socketserver.StreamRequestHandler):
    """One connection."""

    server: MailServer

    def handle(self) -> None:
        """Answer until the other side leaves."""
        self.say(b"220 ready")
        while line := self.rfile.readline():
            match line.strip().upper().partition(b" ")[0]:
                case b"DATA":
                    self.say(b"354 go on")
                    self.take()
                case b"QUIT":
                    return self.say(b"221 bye")
                case _:
                    self.say(b"250 ok")
        return None

    def take(self) -> None:
        """Receive a mail, and confirm it when the server does."""
        lines = []
        while (line := self.rfile.readline()) not in {b".\r\n", b""}:
            lines.append(line)
        mail = message_from_bytes(b"".join(lines))
        self.server.given.append(mail)
        self.server.confirms.wait()
        self.say(b"250 taken")
        self.server.taken.append(mail)

    def say(self, answer: bytes) -> None:
        """Answer."""
        self.wfile.write(answer + b"\r\n")


@contextmanager
def mail_server() -> Iterator[MailServer]:
    """Have a mail server for a while."""
    with MailServer() as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        try:
            yield server
        finally:
            server.confirms.set()
            server.shutdown()
            thread.join()
