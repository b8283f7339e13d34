"""Why nothing comes from an address: one sentence for the user, and nothing has changed."""

from geoportal.core.errors import Conflict, DomainError, InvalidInput


class UnusableAddress(InvalidInput):
    """The address is none, may not be asked, or nothing stands there that can be imported."""

    slug = "unusable-address"


class RemoteFailure(DomainError):
    """The server at the address does not answer, answers with an error, or not with all it
    promised; later it may."""

    slug = "remote-failure"
    status = 502


class DatasetUnchosen(Conflict):
    """Several datasets stand at the address; `datasets` in `extra` names them."""

    slug = "dataset-unchosen"
