"""The job that sends letters, and tries again while the mail server does not answer."""

import logging
from datetime import timedelta
from smtplib import SMTPException, SMTPRecipientsRefused

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.utils import timezone
from django_tasks import task

from geoportal.accounts.models import Letter

log = logging.getLogger(__name__)
# After a minute, five, half an hour, two hours, six, a day.
PAUSES_S = (60, 300, 1800, 7200, 21_600, 86_400)


@task()
def send_letter(letter_id: int, attempt: int = 0) -> None:
    """Send once; the row goes when the server has taken it, or has refused for good."""
    letter = Letter.objects.filter(pk=letter_id).first()
    if letter is None:
        return
    message = EmailMultiAlternatives(
        letter.subject, letter.text, settings.DEFAULT_FROM_EMAIL, [letter.to]
    )
    message.extra_headers["Auto-Submitted"] = "auto-generated"
    message.attach_alternative(letter.html, "text/html")
    try:
        message.send()
    except SMTPRecipientsRefused:
        log.warning("letter %s: the address is refused", letter_id)
    except (SMTPException, OSError) as error:
        if attempt < len(PAUSES_S):
            log.warning("letter %s: %s; once more later", letter_id, type(error).__name__)
            later = timezone.now() + timedelta(seconds=PAUSES_S[attempt])
            send_letter.using(run_after=later).enqueue(letter_id, attempt + 1)
            return
        log.error("letter %s: given up after %s attempts", letter_id, attempt + 1)
    letter.delete()
