"""What everyone may read of a problem: its columns once, and the view that holds nothing else."""

from django.contrib.gis.db import models
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from geoportal.accounts.models import Organisation
from geoportal.problems.models.categories import Category
from geoportal.problems.workflow import ACTIVE, Resolution, State


class PublicFields(models.Model):
    """Columns that may be public. A new one also goes into `sql/current/public.sql` and, to be open
    data, into `history/layer_spec.py` and `stage_problems.sql`.

    `due_at` is the first moment at which the next step is late: moderation, acceptance, solution;
    empty when nothing is awaited from the community. While the author is asked (`asked_at`), the
    clock stands still.
    """

    category = models.ForeignKey(Category, verbose_name=_("category"), on_delete=models.PROTECT)
    title = models.CharField(_("title"), max_length=120)
    description = models.TextField(_("description"), max_length=4000)
    geom = models.PointField(_("place"), srid=4326)
    address = models.CharField(_("address"), max_length=254, blank=True)

    state = models.CharField(
        _("state"), max_length=12, choices=State.choices, default=State.MODERATION
    )
    state_since = models.DateTimeField(_("in this state since"))
    resolution = models.CharField(
        _("how it was closed"), max_length=12, choices=Resolution.choices, blank=True
    )
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="merged"
    )
    merged_into_id: int | None
    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("executor"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="%(class)ss",
    )

    created_at = models.DateTimeField(_("reported"))
    published_at = models.DateTimeField(_("published"), null=True, blank=True)
    accepted_at = models.DateTimeField(_("accepted"), null=True, blank=True)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    due_at = models.DateTimeField(_("due"), null=True, blank=True)
    acceptance_due_at = models.DateTimeField(_("acceptance due"), null=True, blank=True)
    solution_due_at = models.DateTimeField(_("solution due"), null=True, blank=True)
    planned_on = models.DateField(_("announced date"), null=True, blank=True)
    asked_at = models.DateTimeField(_("author asked"), null=True, blank=True)

    votes = models.PositiveIntegerField(_("votes"), default=0)
    rating = models.PositiveSmallIntegerField(
        _("rating"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(5)],
    )

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"№ {self.pk} {self.title}"

    @property
    def number(self) -> int:
        return int(self.pk)

    @property
    def is_active(self) -> bool:
        return self.state in ACTIVE


class PublicProblem(PublicFields):
    """A row of the view `problems_public`: published, of a public category, not withdrawn.

    Lists, feed, panel of the map, statistics, Open311, tiles and the layer `problems` read this.
    Nothing private can be asked of it, because the view has no such column.
    """

    is_public = True

    class Meta:
        managed = False
        default_permissions = ()
        db_table = "problems_public"
        ordering = ("-pk",)
