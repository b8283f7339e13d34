"""Letters by SMTP, one connection for many."""

from collections.abc import Iterator
from contextlib import contextmanager
from email.utils import parseaddr
from smtplib import (
    SMTPDataError,
    SMTPException,
    SMTPNotSupportedError,
    SMTPRecipientsRefused,
    SMTPResponseException,
)

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend

from geoportal.messages.channels.channel import Send
from geoportal.messages.drafts import Addressee, Content
from geoportal.messages.errors import Postponed, Refused, Unavailable
from geoportal.messages.models import Message

PERMANENT = range(500, 600)
# Servers end a connection that carries too much.
LETTERS_PER_CONNECTION = 50


class MailChannel:
    slug = "mail"

    def list_addresses(self, addressee: Addressee) -> list[str]:
        return [addressee.email.strip().lower()] if addressee.email else []

    @contextmanager
    def connect(self) -> Iterator[Send]:
        line = Line()
        try:
            yield line.send
        finally:
            line.close()


class Line:
    """A connection to the mail server, opened by the first letter and anew after a failure."""

    def __init__(self) -> None:
        self.connection: BaseEmailBackend | None = None
        self.count = 0

    def send(self, message: Message, content: Content) -> None:
        """Raises what `sort_error` sorts, and `Unavailable` when the server does not answer."""
        if self.count >= LETTERS_PER_CONNECTION:
            self.close()
        letter = build_letter(message, content, self.open())
        try:
            letter.send()
        except (SMTPException, OSError, ValueError) as error:
            if not isinstance(error, SMTPRecipientsRefused):
                self.close()
            raise sort_error(error) from error
        self.count += 1

    def open(self) -> BaseEmailBackend:
        if self.connection is None:
            connection = get_connection()
            try:
                connection.open()
            except (SMTPException, OSError) as error:
                raise Unavailable(name_error(error)) from error
            self.connection, self.count = connection, 0
        return self.connection

    def close(self) -> None:
        """The server has taken the letters already, so its last words do not matter."""
        connection, self.connection = self.connection, None
        if connection is None:
            return
        try:
            connection.close()
        except (SMTPException, OSError):
            return


def build_letter(
    message: Message, content: Content, connection: BaseEmailBackend
) -> EmailMultiAlternatives:
    """The same `Message-ID` whenever it is sent (RFC 5322): who gets it twice can tell."""
    sender = settings.DEFAULT_FROM_EMAIL
    domain = parseaddr(sender)[1].rpartition("@")[2] or "localhost"
    letter = EmailMultiAlternatives(
        content.subject, content.text, sender, [message.address], connection=connection
    )
    letter.extra_headers = {
        "Message-ID": f"<{message.uid}@{domain}>",
        "Auto-Submitted": "auto-generated",
        **content.headers,
    }
    if content.html:
        letter.attach_alternative(content.html, "text/html")
    return letter


def sort_error(error: Exception) -> Refused | Postponed:
    """Codes 5xx of the address or of the content are final (RFC 5321, 4.2.1), 4xx are not.

    A refused sender or password is a fault of the portal, not of the letter: it is tried again.
    """
    reason = name_error(error)
    if isinstance(error, SMTPRecipientsRefused):
        codes = [code for code, _words in error.recipients.values()]
        is_final = bool(codes) and all(code in PERMANENT for code in codes)
    elif isinstance(error, SMTPDataError):
        is_final = error.smtp_code in PERMANENT
    else:
        # `ValueError`: an address or a header that cannot be written into a letter.
        is_final = isinstance(error, (SMTPNotSupportedError, ValueError))
    return Refused(reason) if is_final else Postponed(reason)


def name_error(error: Exception) -> str:
    """Class and code; what the server said may repeat the address."""
    code = ""
    if isinstance(error, SMTPResponseException):
        code = str(error.smtp_code)
    elif isinstance(error, SMTPRecipientsRefused):
        code = ",".join(sorted({str(code) for code, _words in error.recipients.values()}))
    return f"{type(error).__name__} {code}".strip()
