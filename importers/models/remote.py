"""Addresses that imports come from, what was fetched from them, and how often it is fetched."""

from datetime import time

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from geoportal.accounts.models import User
from importers.models.imports import Import
from layers.models import Layer

AT_NIGHT = time(3, 30)


class RemoteSource(models.Model):
    """A dataset at an address of a `kind` of the registry. `dataset`: its name there; `title` and
    `licence`: as the source has them. The address may hold a key: people see what `show_address`
    makes of it."""

    address = models.TextField(_("address"))
    kind = models.CharField(_("kind"), max_length=16)
    dataset = models.TextField(_("dataset"))
    title = models.TextField(_("title"))
    licence = models.CharField(_("licence"), max_length=200, blank=True)
    created_at = models.DateTimeField(_("time"), auto_now_add=True)

    class Meta:
        verbose_name = _("remote source")
        verbose_name_plural = _("remote sources")

    def __str__(self) -> str:
        return self.title


class Schedule(models.Model):
    """A remote source is imported into a layer again and again.

    `answers`: of each of its imports, before the recipe's. `at`: the time of day in the town's
    zone, of hourly ones the minute; `weekday`: 0 is Monday; `day`: of the month, of short ones the
    last. `author`: in whose name, and with whose rights, it publishes. `failures`: one after
    another. `pause_reason` is "" where a person has paused it.
    """

    class Frequency(models.TextChoices):
        HOURLY = "hourly", pgettext_lazy("schedule", "every hour")
        DAILY = "daily", pgettext_lazy("schedule", "every day")
        WEEKLY = "weekly", pgettext_lazy("schedule", "every week")
        MONTHLY = "monthly", pgettext_lazy("schedule", "every month")

    source = models.ForeignKey(RemoteSource, on_delete=models.PROTECT, related_name="schedules")
    layer = models.ForeignKey(Layer, on_delete=models.CASCADE, related_name="schedules")
    author = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    answers = models.JSONField(_("answers"), default=dict, blank=True)
    frequency = models.CharField(_("how often"), max_length=8, choices=Frequency.choices)
    at = models.TimeField(_("time of day"), default=AT_NIGHT)
    weekday = models.PositiveSmallIntegerField(_("day of the week"), default=0)
    day = models.PositiveSmallIntegerField(_("day of the month"), default=1)
    next_run_at = models.DateTimeField(_("next run"))
    paused_at = models.DateTimeField(_("paused"), null=True, blank=True)
    pause_reason = models.TextField(_("why it was paused"), blank=True)
    failures = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(_("time"), auto_now_add=True)
    updated_at = models.DateTimeField(_("changed"), auto_now=True)

    class Meta:
        verbose_name = _("schedule of imports")
        verbose_name_plural = _("schedules of imports")
        ordering = ("pk",)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(frequency__in=("hourly", "daily", "weekly", "monthly")),
                name="importers_schedule_frequency_is_known",
            ),
            models.CheckConstraint(
                condition=models.Q(weekday__lte=6, day__gte=1, day__lte=31),
                name="importers_schedule_days_are_days",
            ),
        )
        indexes = (
            models.Index(
                fields=["next_run_at"],
                condition=models.Q(paused_at=None),
                name="importers_schedule_due",
            ),
        )

    def __str__(self) -> str:
        return f"{self.source} → {self.layer.slug}"


class ScheduleRun(models.Model):
    """One run of a schedule and what came of it. `words`: why it failed; `made`: its import."""

    class Outcome(models.TextChoices):
        FETCHING = "fetching", pgettext_lazy("run", "Fetching")
        WORKING = "working", pgettext_lazy("run", "Being imported")
        WAITING = "waiting", pgettext_lazy("run", "Waits for answers")
        UNCHANGED = "unchanged", pgettext_lazy("run", "Nothing changed")
        PUBLISHED = "published", pgettext_lazy("run", "Published")
        FAILED = "failed", pgettext_lazy("run", "Failed")
        CANCELLED = "cancelled", pgettext_lazy("run", "Cancelled")

    of = models.ForeignKey(Schedule, on_delete=models.CASCADE, related_name="runs")
    outcome = models.CharField(max_length=10, choices=Outcome.choices, default=Outcome.FETCHING)
    words = models.TextField(blank=True)
    made = models.OneToOneField(
        Import, null=True, blank=True, on_delete=models.SET_NULL, related_name="run"
    )
    attempts = models.PositiveSmallIntegerField(default=0)
    started_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-pk",)
        constraints = (
            models.UniqueConstraint(
                fields=["of"],
                condition=models.Q(ended_at=None),
                name="importers_run_one_at_a_time",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    outcome__in=("fetching", "working", "waiting"), ended_at__isnull=True
                )
                | models.Q(
                    outcome__in=("unchanged", "published", "failed", "cancelled"),
                    ended_at__isnull=False,
                ),
                name="importers_run_ends_once",
            ),
        )

    def __str__(self) -> str:
        return f"{self.of_id} {self.outcome}"


class ImportFetch(models.Model):
    """Where the file of an import comes from. `digest` is "" until it was fetched, and once it
    shall be imported again though it is the same.

    `etag` and `modified`: by which the server knows what it gave.
    """

    of = models.OneToOneField(Import, on_delete=models.CASCADE, related_name="fetch")
    source = models.ForeignKey(RemoteSource, on_delete=models.PROTECT, related_name="fetches")
    digest = models.CharField(max_length=64, blank=True)
    etag = models.CharField(max_length=200, blank=True)
    modified = models.CharField(max_length=100, blank=True)
    rows = models.PositiveBigIntegerField(null=True)
    fetched_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (models.Index(fields=["source", "-id"], name="importers_fetch_of_source"),)

    def __str__(self) -> str:
        return f"{self.of_id} {self.source_id}"
