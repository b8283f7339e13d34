"""Letters about changes of problems, and who wants none."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from geoportal.accounts.models import Organisation, User
from geoportal.problems.models import Problem, StatusChange


class Preference(models.Model):
    """Whether a person wants letters about problems at all; without a row: yes."""

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="mail_preference")
    wants_mail = models.BooleanField(_("gets letters about problems"), default=True)

    class Meta:
        verbose_name = _("preference of letters")
        verbose_name_plural = _("preferences of letters")

    def __str__(self) -> str:
        return f"{self.user} · {self.wants_mail}"


class Contact(models.Model):
    """Who stands behind a report of a caller or of another system, at `problem.contact_email`.

    Nobody has proved the address: `wants_mail` is unknown until its owner follows the link of the
    one letter that asks. `address_hash` knows an address again that wants nothing.
    """

    problem = models.OneToOneField(Problem, on_delete=models.CASCADE, related_name="+")
    address_hash = models.CharField(max_length=64, db_index=True)
    wants_mail = models.BooleanField(_("gets letters about problems"), null=True)
    created_at = models.DateTimeField(_("asked"), auto_now_add=True)

    class Meta:
        verbose_name = _("contact of a report")
        verbose_name_plural = _("contacts of reports")

    def __str__(self) -> str:
        return f"{self.problem_id} · {self.wants_mail}"


class Letter(models.Model):
    """One letter about one change to one address; the address is never told the change again.

    `taken_at`: a job began to send it. A letter whose job died then stays unsent rather than goes
    twice. `moved` are numbers of problems that changed hands together and are told in one letter.
    """

    class Kind(models.TextChoices):
        AUTHOR = "author", _("To the author")
        FOLLOWER = "follower", _("To a follower")
        GIVEN = "given", _("A problem was given to the organisation")
        TAKEN = "taken", _("The organisation does not hold the problem any more")
        HOLDER = "holder", _("To an organisation that holds the problem")
        LATE = "late", _("Reminder to an organisation")
        LATE_CONTROL = "late_control", _("Reminder to who controls")
        LATE_MODERATION = "late_moderation", _("Reminder to moderators")
        CONTACT_ASKED = "contact_asked", _("Question to a contact of a report")
        CONTACT = "contact", _("To a contact of a report")

    change = models.ForeignKey(StatusChange, on_delete=models.PROTECT, related_name="letters")
    recipient = models.EmailField(_("to"))
    kind = models.CharField(_("kind"), max_length=16, choices=Kind.choices)
    user = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    moved = models.JSONField(default=list, blank=True)
    created_at = models.DateTimeField(_("made"), auto_now_add=True)
    taken_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)

    class Meta:
        verbose_name = _("letter about a problem")
        verbose_name_plural = _("letters about problems")
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=["change", "recipient"], name="notifications_letter_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.recipient} · {self.change_id}"
