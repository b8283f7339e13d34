"""What is asked of an import, and what it answers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from geoportal.accounts.models import Organisation, User
from importers.addresses.placing import AddressColumns
from importers.brakes.brake import Brake
from importers.brakes.consent import Consent
from importers.check_options import CheckOptions
from importers.crs.choice import CrsChoice
from importers.filtering import RowFilter
from importers.formats.opening import OpenOptions
from importers.issues import Issue
from importers.models import ImportGroup
from importers.sources import EncodingChoice
from layers.models import Layer


@dataclass(frozen=True, kw_only=True)
class NewLayer:
    """How a layer that is not there yet shall be; "" leaves it to the file.

    `public_fields`: columns that were named to be public, whatever they hold; with `only_public`
    the others are for staff.
    """

    kind: str = ""
    title: str = ""
    title_field: str = ""
    visibility: str = Layer.Visibility.PUBLIC
    organisation: Organisation | None = None
    staff_fields: tuple[str, ...] = ()
    public_fields: tuple[str, ...] = ()
    only_public: bool = False
    licence: str = ""


@dataclass(frozen=True, kw_only=True)
class ImportRequest:
    """One file into one layer. `new_layer`: make the layer where there is none.

    `replace`: what the file does not name is removed. `name`: the file's name for people, where
    `path` is a temporary one. `wanted`: only these rows. `axes`: xy (east first) or yx, where the
    file is wrong about it. `keep_empty`: a changeset also where nothing differs. `addresses` place
    rows that have no place. `details` are kept in the changeset beside the report. `columns`:
    which field a column fills, "" for none; those not named are found by their names. `part`: the
    title of the dataset among others of one file that are imported in one go, as `group`.
    """

    path: Path
    layer: str
    new_layer: NewLayer | None = None
    key: str = ""
    crs: str = ""
    axes: str = ""
    replace: bool = False
    dry_run: bool = False
    name: str = ""
    reading: OpenOptions = field(default_factory=OpenOptions)
    wanted: RowFilter = field(default_factory=RowFilter)
    keep_empty: bool = True
    details: Mapping[str, object] = field(default_factory=dict)
    addresses: AddressColumns = field(default_factory=AddressColumns)
    checks: CheckOptions = field(default_factory=CheckOptions)
    actor: User | None = None
    comment: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)
    consent: Consent = field(default_factory=Consent)
    part: str = ""
    group: ImportGroup | None = None

    @property
    def source_name(self) -> str:
        return self.name or self.path.name


@dataclass(frozen=True)
class Progress:
    """`stage`: reading (the first time) or loading; `total` where the file tells it."""

    stage: str
    rows: int
    total: int | None = None


@dataclass
class ImportResult:
    """What happened, or, of a dry run, what would.

    `rows` were read: `added` + `changed` + `unchanged` + `rejected`; `repaired` are among them.
    """

    layer: str
    created: bool
    changeset: int | None
    dry_run: bool
    replace: bool
    format: str
    rows: int
    added: int
    changed: int
    removed: int
    unchanged: int
    rejected: int
    repaired: int
    issues: list[Issue]
    issues_total: int
    crs: CrsChoice
    encoding: EncodingChoice
    key_field: str
    key_origin: str
    fields: list[str]
    ignored_columns: list[str]
    only_staff: bool = False
    brakes: list[Brake] = field(default_factory=list)
    seconds: float = 0.0
    counts: dict[str, int] = field(default_factory=dict)
