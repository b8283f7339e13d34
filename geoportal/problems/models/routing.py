"""Who answers for what and where, and why a problem went to whom it went."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from geoportal.accounts.models import Organisation, User
from geoportal.problems.models.categories import Category
from geoportal.problems.models.problems import Problem
from geoportal.problems.workflow import Purpose, RoutingRole
from layers.models import Layer


class Responsibility(models.Model):
    """An organisation answers for a category (and all under it) in a territory.

    Without a category: for all; without a territory: in the whole community. Of several
    executors the highest priority wins, then the nearest category, then a named territory.
    """

    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("organisation"),
        on_delete=models.PROTECT,
        related_name="responsibilities",
    )
    category = models.ForeignKey(
        Category,
        verbose_name=_("category"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="responsibilities",
    )
    territory_layer = models.ForeignKey(
        Layer,
        verbose_name=_("territory layer"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    territory_key = models.CharField(_("key of the territory"), max_length=500, blank=True)
    role = models.CharField(
        _("role"), max_length=12, choices=RoutingRole.choices, default=RoutingRole.EXECUTOR
    )
    priority = models.SmallIntegerField(_("priority"), default=0)
    is_active = models.BooleanField(_("in force"), default=True)
    note = models.CharField(_("ground, for example a decision"), max_length=254, blank=True)

    class Meta:
        verbose_name = _("zone of responsibility")
        verbose_name_plural = _("zones of responsibility")
        ordering = ("organisation", "role", "-priority", "id")
        constraints = (
            models.CheckConstraint(
                condition=Q(territory_layer__isnull=True, territory_key="")
                | Q(territory_layer__isnull=False, territory_key__gt=""),
                name="problems_responsibility_territory_whole",
            ),
            models.UniqueConstraint(
                fields=["organisation", "category", "territory_layer", "territory_key", "role"],
                nulls_distinct=False,
                name="problems_responsibility_once",
            ),
        )

    def __str__(self) -> str:
        return f"{self.organisation} · {self.category or '*'} · {self.territory_key or '*'}"


class Oversight(models.Model):
    """A starosta, deputy, police officer or other body watches everything in a territory."""

    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("organisation"),
        on_delete=models.CASCADE,
        related_name="oversights",
    )
    territory_layer = models.ForeignKey(
        Layer, verbose_name=_("territory layer"), on_delete=models.PROTECT, related_name="+"
    )
    territory_key = models.CharField(_("key of the territory"), max_length=500)

    class Meta:
        verbose_name = _("territory under oversight")
        verbose_name_plural = _("territories under oversight")
        constraints = (
            models.UniqueConstraint(
                fields=["organisation", "territory_layer", "territory_key"],
                name="problems_oversight_once",
            ),
        )

    def __str__(self) -> str:
        return f"{self.organisation} · {self.territory_layer_id}:{self.territory_key}"


class ProblemTerritory(models.Model):
    """The territory of one layer that holds a published problem."""

    problem = models.ForeignKey(Problem, on_delete=models.CASCADE, related_name="territories")
    layer = models.ForeignKey(Layer, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=500)
    title = models.CharField(max_length=500)
    border_distance_m = models.FloatField(null=True)
    is_chosen = models.BooleanField(_("chosen by a moderator near a border"), default=False)

    class Meta:
        verbose_name = _("territory of a problem")
        verbose_name_plural = _("territories of problems")
        constraints = (
            models.UniqueConstraint(fields=["problem", "layer"], name="problems_territory_once"),
        )
        indexes = (models.Index(fields=["layer", "key", "problem"], name="problems_in_territory"),)

    def __str__(self) -> str:
        return f"{self.problem_id}: {self.title}"


class RoutingDecision(models.Model):
    """Why a problem went to whom it went; the newest one stands.

    `territories`: [{layer, layer_title, key, title, border_distance_m}]; `candidates`:
    [{responsibility, organisation, organisation_name, role, category, category_title, layer, key,
    territory_title, priority, wins}]; `neighbours`: territories across a border nearer than the
    setting, [{layer, layer_title, key, title, distance_m, organisation, organisation_name}].
    """

    class Cause(models.TextChoices):
        PUBLICATION = "publication", _("Publication")
        PLACE = "place", _("The place was changed")
        CATEGORY = "category", _("The category was changed")
        TERRITORY = "territory", _("Borders of territories were changed")
        RULES = "rules", _("Rules of responsibility were changed")
        REOPENING = "reopening", _("Opened again")

    problem = models.ForeignKey(Problem, on_delete=models.PROTECT, related_name="decisions")
    cause = models.CharField(_("cause"), max_length=12, choices=Cause.choices)
    territories = models.JSONField(default=list)
    candidates = models.JSONField(default=list)
    neighbours = models.JSONField(default=list)
    rules = ArrayField(models.BigIntegerField(), default=list)
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    border_distance_m = models.FloatField(_("to the nearest border, m"), null=True)
    is_near_border = models.BooleanField(_("near a border"), default=False)
    confirmed_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(_("time"))

    class Meta:
        verbose_name = _("routing decision")
        verbose_name_plural = _("routing decisions")
        ordering = ("pk",)
        indexes = (models.Index(fields=["problem", "-id"], name="problems_decisions"),)

    def __str__(self) -> str:
        return f"{self.problem_id} → {self.organisation_id}"


class Assignment(models.Model):
    """An organisation and a problem it was given; in force until `ended_at`."""

    class End(models.TextChoices):
        FORWARDED = "forwarded", _("Forwarded")
        REROUTED = "rerouted", _("Passed on by the rules")
        RETRACTED = "retracted", _("The problem was taken from publication")

    problem = models.ForeignKey(Problem, on_delete=models.PROTECT, related_name="assignments")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="assignments"
    )
    role = models.CharField(_("role"), max_length=12, choices=RoutingRole.choices)
    is_routed = models.BooleanField(_("by the rules"), default=True)
    purpose = models.CharField(_("taken"), max_length=16, choices=Purpose.choices, blank=True)
    created_at = models.DateTimeField(_("given"))
    accepted_at = models.DateTimeField(_("accepted"), null=True, blank=True)
    accepted_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    ended_as = models.CharField(_("how it ended"), max_length=12, choices=End.choices, blank=True)

    class Meta:
        verbose_name = _("assignment")
        verbose_name_plural = _("assignments")
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=["problem", "organisation"],
                condition=Q(ended_at__isnull=True),
                name="problems_assignment_in_force_once",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True) | Q(purpose__gt=""),
                name="problems_assignment_accepted_for_something",
            ),
        )
        indexes = (
            models.Index(
                fields=["organisation", "problem"],
                condition=Q(ended_at__isnull=True),
                name="problems_assigned",
            ),
        )

    def __str__(self) -> str:
        return f"{self.problem_id} → {self.organisation_id}"
