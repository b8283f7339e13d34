"""The history of a problem in words, as each reader may see it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from geoportal.accounts.models import Organisation, User
from geoportal.accounts.policies import Actor, is_moderator
from geoportal.problems.access import can_see_internal
from geoportal.problems.history.redaction import list_hidden, name_hidden
from geoportal.problems.models import Attachment, Problem, StatusChange
from geoportal.problems.workflow import (
    BETWEEN_TWO,
    PUBLISHED,
    Action,
    Purpose,
    RejectReason,
    Resolution,
    Role,
    RoutingRole,
)

HEADLINES: Mapping[str, str | Promise] = {
    Action.REPORT: gettext_lazy("Reported"),
    Action.CONFIRM_EMAIL: gettext_lazy("The author’s e-mail is confirmed"),
    Action.PUBLISH: gettext_lazy("Published"),
    Action.RESUBMIT: gettext_lazy("Sent to the moderators again"),
    Action.RESTORE: gettext_lazy("Returned to moderation"),
    Action.EDIT: gettext_lazy("The text was corrected"),
    Action.MOVE: gettext_lazy("The place was corrected"),
    Action.RECATEGORISE: gettext_lazy("The category was changed"),
    Action.HIDE_MEDIA: gettext_lazy("A photo or video was hidden"),
    Action.SHOW_MEDIA: gettext_lazy("A photo or video is shown"),
    Action.HIDE_WORDS: gettext_lazy("Words of the history were hidden"),
    Action.SHOW_WORDS: gettext_lazy("Words of the history are shown again"),
    Action.BRING_BACK: gettext_lazy("Returned to public view"),
    Action.ASK: gettext_lazy("The author was asked a question"),
    Action.ANSWER: gettext_lazy("The author answered"),
    Action.UNANSWERED: gettext_lazy("The author did not answer in time"),
    Action.NOTE: gettext_lazy("Internal note"),
    Action.REOPEN: gettext_lazy("Opened again by the author"),
    Action.REMIND: gettext_lazy("A reminder of the deadline was sent"),
    Action.ARCHIVE: gettext_lazy("Moved to the archive"),
}
ACCEPTED_FOR: Mapping[str, str | Promise] = {
    Purpose.CONSIDERATION: gettext_lazy("Accepted for consideration"),
    Purpose.SOLUTION: gettext_lazy("Accepted for solution"),
    Purpose.CONTROL: gettext_lazy("Accepted for control"),
}


@dataclass(frozen=True)
class Event:
    """One row of the history. `who` is a name that this reader may know; `state`: where it led.

    `is_hidden`: a moderator hid the words; for others `words` say just that.
    """

    number: int
    action: str
    headline: str
    who: str
    at: datetime
    words: str
    state: str
    moved: bool
    is_internal: bool
    is_hidden: bool = False
    attachments: tuple[Attachment, ...] = ()


@dataclass(frozen=True)
class Reader:
    """What the reader may know: moderators all, the author also what was before publication.

    `sees_internal`: holders of the problem, of its life since publication, and moderators;
    `sees_hidden`: moderators alone, photos and words that they hid as well.
    """

    sees_internal: bool = False
    is_author: bool = False
    sees_hidden: bool = False

    def may_see(self, change: StatusChange) -> bool:
        """Before publication words pass between author and moderators only, and so they stay."""
        if self.sees_hidden:
            return True
        published = change.from_state in PUBLISHED and change.to_state in PUBLISHED
        if change.is_internal:
            return self.sees_internal and published
        shared = published and change.action not in BETWEEN_TWO
        return self.is_author or shared or change.action in (Action.REPORT, Action.PUBLISH)

    def may_see_media(self, attachment: Attachment) -> bool:
        """Those who work on the problem see at once what no moderator has looked at yet."""
        if not attachment.is_hidden or self.is_author or self.sees_hidden:
            return True
        return attachment.needs_check and self.sees_internal


def read_as(actor: Actor, problem: Problem) -> Reader:
    """What the actor may know of this problem."""
    return Reader(
        sees_internal=can_see_internal(actor, problem),
        is_author=isinstance(actor, User) and problem.reporter_id == actor.pk,
        sees_hidden=is_moderator(actor),
    )


def list_events(problem: Problem, reader: Reader) -> list[Event]:
    """The oldest first; three queries, however long the history is."""
    history = list(problem.history.select_related("actor", "organisation").order_by("pk"))
    hidden = list_hidden(history)
    changes = [change for change in history if reader.may_see(change)]
    names = _name_organisations(changes)
    photos = _group_photos(problem, changes, reader)
    return [
        _describe(problem, change, reader, names, photos, is_hidden=change.pk in hidden)
        for change in changes
    ]


def _describe(
    problem: Problem,
    change: StatusChange,
    reader: Reader,
    names: Mapping[int, str],
    photos: Mapping[int, list[Attachment]],
    *,
    is_hidden: bool,
) -> Event:
    return Event(
        number=change.pk,
        action=change.action,
        headline=build_headline(change, names),
        who=name_who(problem, change, reader),
        at=change.created_at,
        words=name_hidden() if is_hidden and not reader.sees_hidden else change.words,
        state=change.to_state,
        moved=change.from_state != change.to_state or change.action == Action.REPORT,
        is_internal=change.is_internal,
        is_hidden=is_hidden,
        attachments=tuple(photos.get(change.pk, ())),
    )


def build_headline(change: StatusChange, names: Mapping[int, str]) -> str:
    """What was done, in one sentence; `names`: of organisations that `details` tell of."""
    details = change.details
    to = names.get(details.get("to_organisation") or 0, "")
    match change.action:
        case Action.PUBLISH if details.get("is_confidential"):
            return _("Passed on")
        case Action.REJECT | Action.RETRACT | Action.WITHDRAW:
            return _name_refusal(change)
        case Action.ACCEPT:
            return str(ACCEPTED_FOR.get(details.get("purpose", ""), change.get_action_display()))
        case Action.REROUTE if "added" in details and (
            details["to_organisation"] == details["from_organisation"]
        ):
            return _("Others consider or control it now")
        case Action.FORWARD | Action.REROUTE:
            return _("Passed to: %(organisation)s") % {"organisation": to or _("the dispatcher")}
        case Action.ASSIGN:
            return _name_assignment(change)
        case Action.ANNOUNCE:
            day = date.fromisoformat(details["planned_on"])
            return _("To be done by %(day)s") % {"day": date_format(day, "j E Y")}
        case Action.CLOSE:
            how = _label(Resolution, change.reason)
            return _("Closed: %(how)s") % {"how": how[:1].lower() + how[1:]}
        case Action.MERGE:
            return _("Joined with problem No. %(number)s") % {"number": details.get("into", "")}
        case Action.RATE:
            return _name_rating(details)
        case Action.MOVE | Action.RECATEGORISE | Action.REOPEN if to and to != names.get(
            details.get("from_organisation") or 0, ""
        ):
            head = str(HEADLINES[change.action])
            return _("%(what)s; passed to: %(organisation)s") % {"what": head, "organisation": to}
    return str(HEADLINES.get(change.action, change.get_action_display()))


def _name_refusal(change: StatusChange) -> str:
    reason = _label(RejectReason, change.reason)
    texts = {
        Action.RETRACT: _("Taken from publication: %(reason)s"),
        Action.WITHDRAW: _("Removed from public view: %(reason)s"),
    }
    text = texts.get(Action(change.action), _("Not published: %(reason)s"))
    if change.details.get("is_confidential"):
        taken_back = change.action == Action.RETRACT
        text = _("Taken back: %(reason)s") if taken_back else _("Not passed on: %(reason)s")
    return text % {"reason": reason[:1].lower() + reason[1:]}


def _name_assignment(change: StatusChange) -> str:
    role = change.details.get("role", "")
    texts = {
        RoutingRole.REVIEWER: _("Given for consideration to: %(organisation)s"),
        RoutingRole.CONTROLLER: _("Given for control to: %(organisation)s"),
    }
    text = texts.get(role, _("Given for solution to: %(organisation)s"))
    name = change.organisation.name if change.organisation is not None else ""
    return text % {"organisation": name}


def _name_rating(details: Mapping[str, object]) -> str:
    confirmed, rating = details.get("is_confirmed"), details.get("rating")
    if rating is None:
        return (
            _("The author confirmed the result")
            if confirmed
            else _("The author did not confirm the result")
        )
    text = _("The author confirmed the result and rated it %(rating)s of 5")
    if not confirmed:
        text = _("The author did not confirm the result and rated it %(rating)s of 5")
    return text % {"rating": rating}


def _label(choices: type[RejectReason] | type[Resolution], value: str) -> str:
    return str(choices(value).label) if value in choices.values else value


def name_who(problem: Problem, change: StatusChange, reader: Reader) -> str:
    """Residents are told the organisation, not the officer; the author's name if it is not hidden.

    An administrator's or moderator's name is for staff only.
    """
    if change.role == Role.ORGANISATION and change.organisation is not None:
        return _with_person(change.organisation.name, change.actor, reader)
    if change.role == Role.MODERATOR:
        return _with_person(_("Moderator"), change.actor, reader)
    if change.role == Role.AUTHOR:
        return name_author(problem, reader)
    return _("The portal")


def name_author(problem: Problem, reader: Reader) -> str:
    """How this reader is told the author; never an e-mail."""
    if problem.source == Problem.Source.CALL:
        return _("A caller, written down by staff")
    author = problem.reporter
    name = author.get_full_name() if author is not None and not author.deleted_at else ""
    may_know = not problem.is_anonymous or reader.is_author or reader.sees_internal
    if name and may_know:
        return name
    return _("Author") if may_know else _("Author (name hidden)")


def _with_person(body: str, person: User | None, reader: Reader) -> str:
    name = person.get_full_name() if person is not None and not person.deleted_at else ""
    return f"{body} · {name}" if reader.sees_internal and name else body


def _name_organisations(changes: Iterable[StatusChange]) -> dict[int, str]:
    named = {
        change.details.get(key)
        for change in changes
        for key in ("to_organisation", "from_organisation")
    } - {None}
    if not named:
        return {}
    return {each.pk: each.name for each in Organisation.objects.filter(pk__in=named)}


def _group_photos(
    problem: Problem, changes: Sequence[StatusChange], reader: Reader
) -> dict[int, list[Attachment]]:
    grouped: dict[int, list[Attachment]] = {}
    known = {change.pk for change in changes}
    for photo in problem.attachments.order_by("position", "pk"):
        if photo.change_id in known and reader.may_see_media(photo):
            grouped.setdefault(photo.change_id, []).append(photo)
    return grouped


def find_asked(events: Sequence[Event]) -> Event | None:
    """The question that waits for the author's answer."""
    return next((each for each in reversed(events) if each.action == Action.ASK), None)


def read_rating(problem: Problem, events: Sequence[Event]) -> str:
    """Words of the author's rating as this reader may know them."""
    rated = next((each for each in reversed(events) if each.action == Action.RATE), None)
    return rated.words if rated and problem.rating_words else problem.rating_words
