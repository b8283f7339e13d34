"""One letter about a change of a problem: who reads it, and why."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from geoportal.accounts.models import Organisation, User
from geoportal.problems.models import StatusChange


class Kind(StrEnum):
    """Why an address is told."""

    AUTHOR = "author"
    FOLLOWER = "follower"
    GIVEN = "given"
    TAKEN = "taken"
    HOLDER = "holder"
    LATE = "late"
    LATE_CONTROL = "late_control"
    LATE_MODERATION = "late_moderation"
    CONTACT_ASKED = "contact_asked"
    CONTACT = "contact"


@dataclass(frozen=True, kw_only=True)
class Letter:
    """`user` is nobody for an organisation's own address and a contact's.

    `moved` are numbers of problems that changed hands together and are told in one letter.
    """

    change: StatusChange
    recipient: str
    kind: Kind
    user: User | None = None
    organisation: Organisation | None = None
    moved: Sequence[int] = ()
