"""What happened to a problem, appended and never edited, and the edges it may move along."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from geoportal.accounts.models import Organisation, User
from geoportal.problems.models.problems import Problem
from geoportal.problems.workflow import Action, Role, State


class StateEdge(models.Model):
    """`workflow.EDGES` as the database keeps it; written after each migration."""

    action = models.CharField(max_length=16)
    source = models.CharField(max_length=12)
    target = models.CharField(max_length=12)
    role = models.CharField(max_length=12)
    needs_words = models.BooleanField(default=False)
    reasons = ArrayField(models.CharField(max_length=16), default=list)

    class Meta:
        db_table = "problems_edge"
        constraints = (
            models.UniqueConstraint(
                fields=["action", "source", "target", "role"], name="problems_edge_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.role}: {self.source} –{self.action}→ {self.target}"


class StatusChange(models.Model):
    """One thing done to a problem (append-only, by a trigger); inserting it moves the state.

    `words` are public unless `is_internal`; `details` hold what was there before, ids, dates.
    """

    problem = models.ForeignKey(Problem, on_delete=models.PROTECT, related_name="history")
    action = models.CharField(_("action"), max_length=16, choices=Action.choices)
    from_state = models.CharField(_("from"), max_length=12, choices=State.choices)
    to_state = models.CharField(_("to"), max_length=12, choices=State.choices)
    role = models.CharField(_("role"), max_length=12, choices=Role.choices)
    actor = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    words = models.TextField(_("words"), blank=True)
    reason = models.CharField(_("reason"), max_length=16, blank=True)
    details = models.JSONField(_("details"), default=dict, blank=True)
    is_internal = models.BooleanField(_("internal"), default=False)
    created_at = models.DateTimeField(_("time"))

    class Meta:
        verbose_name = _("change of a problem")
        verbose_name_plural = _("changes of problems")
        ordering = ("pk",)
        indexes = (
            models.Index(fields=["problem", "id"], name="problems_history_of_problem"),
            models.Index(fields=["action", "created_at"], name="problems_history_by_action"),
            models.Index(
                fields=["created_at"],
                include=["problem"],
                condition=models.Q(is_internal=False),
                name="problems_history_public",
            ),
        )

    def __str__(self) -> str:
        return f"{self.problem_id}: {self.action}"
