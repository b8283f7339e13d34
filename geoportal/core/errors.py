"""The errors of the domain: each says what happened, to whom it may be shown, and nothing of HTTP.

`geoportal.core.http.problem_details` translates them once, by `status` and `slug`, into RFC 9457
documents for machines and a page for people.
"""

from django.utils.functional import Promise


class DomainError(Exception):
    """Something the caller can be told; `message` is a sentence in the user's language."""

    slug = "error"
    status = 400

    def __init__(self, message: str | Promise, **extra: object) -> None:
        super().__init__(message)
        self.message = message
        self.extra = extra


class InvalidInput(DomainError):
    """The request says something that cannot be: a bad bbox, a wrong type, an unknown column."""

    slug = "invalid-input"


class NotFound(DomainError):
    """There is nothing here, or nothing the actor may know of."""

    slug = "not-found"
    status = 404


class NotAllowed(DomainError):
    """The actor is known and may see the thing, but may not do this to it."""

    slug = "not-allowed"
    status = 403


class Conflict(DomainError):
    """The state of the thing forbids it now: a duplicate key, a changeset already rolled back."""

    slug = "conflict"
    status = 409


class Gone(DomainError):
    """There was a public thing here, and it was taken away for good reason (RFC 9110, 15.5.11)."""

    slug = "gone"
    status = 410


class VersionMismatch(DomainError):
    """`If-Match` names another version than the one that stands (RFC 9110, 13.1.1)."""

    slug = "version-mismatch"
    status = 412


class TooLarge(DomainError):
    """The body is larger than may be sent at once (RFC 9110, 15.5.14)."""

    slug = "too-large"
    status = 413


class VersionRequired(DomainError):
    """A change was sent without `If-Match` (RFC 6585, 3)."""

    slug = "version-required"
    status = 428


class TooManyRequests(DomainError):
    """Too often in a short time from one place or for one e-mail (RFC 6585, 4)."""

    slug = "too-many-requests"
    status = 429


class Unavailable(DomainError):
    """The database does not answer, or not in time; later it may (RFC 9110, 15.6.4)."""

    slug = "unavailable"
    status = 503
