"""Plays the planned problems through the services, at the moments at which they happened."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from geoportal.accounts.models import Organisation, User
from geoportal.demo.community import phone
from geoportal.demo.people import invent_person
from geoportal.demo.problems.acts import ACCOUNT, UNCONFIRMED, Act, PlannedProblem, Verb
from geoportal.demo.problems.attaching import Album
from geoportal.demo.problems.people import People
from geoportal.demo.town.plane import to_degrees
from geoportal.problems import services
from geoportal.problems.categories.working_days import start_of_day
from geoportal.problems.models import Assignment, Attachment, Category, Problem
from geoportal.problems.services.reporting import Contact, Report

CLOCK_HOUR = timedelta(hours=8)
ONE_DAY = timedelta(days=1)
# The organisation, then its controller, hear of what is late within so many days.
REMINDED_WITHIN = timedelta(days=7)
UNCHECKED_FOR = timedelta(days=3)
Service = Callable[..., Problem]
Given = dict[str, object]


def check_photos(now: datetime) -> None:
    """A moderator has shown what came with later steps, all but the last days' photos."""
    unchecked = Attachment.objects.filter(needs_check=True, created_at__lt=now - UNCHECKED_FOR)
    unchecked.update(is_hidden=False, needs_check=False)


class Player:
    """Knows who is who, and which planned problem became which number."""

    def __init__(
        self, people: People, organisations: Mapping[str, Organisation], album: Album
    ) -> None:
        self._people = people
        self._organisations = organisations
        self._by_id = {each.pk: each for each in organisations.values()}
        self._categories = {each.code: each for each in Category.objects.select_related("parent")}
        self._album = album
        # As each planned problem stood after its last act.
        self._standing: dict[int, Problem] = {}

    def play(self, acts: list[tuple[PlannedProblem, Act]], now: datetime) -> None:
        """All acts in the order of time, and between them what the clock does by itself."""
        if not acts:
            return
        tick = start_of_day(acts[0][1].at.date()) + CLOCK_HOUR
        for planned, act in acts:
            while tick <= act.at:
                self._tick(tick)
                tick += ONE_DAY
            self._standing[planned.ordinal] = self._perform(planned, act)
        while tick <= now:
            self._tick(tick)
            tick += ONE_DAY
        check_photos(now)

    def _tick(self, at: datetime) -> None:
        """The clock of one morning; nothing is asked of the database on quiet days."""
        archived = [
            ordinal
            for ordinal, problem in self._standing.items()
            if problem.archive_at is not None and problem.archive_at <= at
        ]
        if archived:
            services.archive_due(at=at)
        for ordinal in archived:
            self._standing[ordinal].archive_at = None
        if any(
            problem.due_at is not None and problem.due_at <= at < problem.due_at + REMINDED_WITHIN
            for problem in self._standing.values()
        ):
            services.remind_overdue(at=at)

    def _perform(self, problem: PlannedProblem, act: Act) -> Problem:
        match act.verb:
            case Verb.REPORT:
                return self._report(problem, act)
            case Verb.JOIN:
                voice = self._people.residents[act.resident]
                return services.join_problem(actor=voice, number=self._number(problem), at=act.at)
            case Verb.ANSWER | Verb.RATE | Verb.REOPEN:
                return self._by_author(problem, act)
            case Verb.ACCEPT | Verb.ASK | Verb.FORWARD | Verb.ANNOUNCE | Verb.NOTE | Verb.CLOSE:
                return self._by_holder(problem, act)
        return self._by_moderator(problem, act)

    def _number(self, problem: PlannedProblem) -> int:
        return self._standing[problem.ordinal].pk

    def _author(self, problem: PlannedProblem) -> User:
        if problem.author == ACCOUNT:
            return self._people.account
        if problem.author <= UNCONFIRMED:
            return self._people.unconfirmed[UNCONFIRMED - problem.author]
        return self._people.residents[problem.author]

    def _report(self, problem: PlannedProblem, act: Act) -> Problem:
        is_call = problem.source == Problem.Source.CALL
        actor = self._people.moderator if is_call else self._author(problem)
        place = to_degrees(problem.site.point)
        report = Report(
            category=self._categories[problem.category],
            lon=place.x,
            lat=place.y,
            title=problem.title,
            description=problem.description,
            address=problem.site.registered_address,
            answers=problem.answers,
            is_anonymous=problem.is_anonymous,
            attachments=self._album.add(problem, act, actor, problem.request_id),
            client_request_id=problem.request_id,
        )
        caller = invent_person(f"caller/{problem.ordinal}")
        return services.report_problem(
            actor=actor,
            report=report,
            contact=Contact(name=caller, phone=phone(7000 + problem.ordinal)) if is_call else None,
            source=problem.source,
            at=act.at,
        )

    def _by_moderator(self, problem: PlannedProblem, act: Act) -> Problem:
        service, given = self._choose_of_moderator(act)
        moderator = self._people.moderator
        return service(actor=moderator, number=self._number(problem), at=act.at, **given)

    def _choose_of_moderator(self, act: Act) -> tuple[Service, Given]:
        match act.verb:
            case Verb.ASK_REPORTER:
                return services.ask_reporter, {"words": act.words}
            case Verb.REJECT:
                return services.reject_problem, {"reason": act.reason, "words": act.words}
            case Verb.RESTORE:
                return services.restore_problem, {}
            case Verb.MERGE:
                into = self._standing[act.into].pk
                return services.merge_problem, {"into": into, "words": act.words}
            case Verb.ASSIGN:
                organisation = self._organisations[act.organisation]
                return services.assign_organisation, {"organisation": organisation}
        return services.publish_problem, {"words": act.words, "border_confirmed": True}

    def _by_holder(self, problem: PlannedProblem, act: Act) -> Problem:
        """An officer of the organisation that holds the problem in the act's role, if any does."""
        holder = self._find_holder(problem, act)
        if holder is None or self._organisations.get(act.organisation) == holder:
            return self._standing[problem.ordinal]
        worker = self._people.officers[holder.slug]
        service, given = self._choose_of_holder(problem, act, worker)
        number = self._number(problem)
        return service(
            actor=worker, organisation=holder, number=number, words=act.words, at=act.at, **given
        )

    def _choose_of_holder(
        self, problem: PlannedProblem, act: Act, worker: User
    ) -> tuple[Service, Given]:
        match act.verb:
            case Verb.ACCEPT:
                return services.accept_problem, {}
            case Verb.ASK:
                return services.ask_author, {}
            case Verb.FORWARD:
                return services.forward_problem, {"to": self._organisations[act.organisation]}
            case Verb.ANNOUNCE:
                return services.announce_date, {"planned_on": act.planned_on}
            case Verb.NOTE:
                return services.add_note, {}
        photos = self._attach(problem, act, worker)
        return services.close_problem, {"resolution": act.reason} | photos

    def _by_author(self, problem: PlannedProblem, act: Act) -> Problem:
        author = self._author(problem)
        service, given = self._choose_of_author(problem, act, author)
        number = self._number(problem)
        return service(actor=author, number=number, words=act.words, at=act.at, **given)

    def _choose_of_author(
        self, problem: PlannedProblem, act: Act, author: User
    ) -> tuple[Service, Given]:
        match act.verb:
            case Verb.RATE:
                rated: Given = {"rating": act.rating, "is_confirmed": act.is_confirmed}
                return services.rate_result, rated
            case Verb.REOPEN:
                return services.reopen_problem, self._attach(problem, act, author)
        return services.answer_question, {}

    def _attach(self, problem: PlannedProblem, act: Act, owner: User) -> Given:
        draft = self._album.make_draft(problem, act)
        return {
            "attachments": self._album.add(problem, act, owner, draft),
            "draft_id": draft,
        }

    def _find_holder(self, problem: PlannedProblem, act: Act) -> Organisation | None:
        """The executor; for an acceptance, who has the role and has not taken the problem yet."""
        standing = self._standing[problem.ordinal]
        if act.verb != Verb.ACCEPT:
            return self._by_id.get(standing.organisation_id or 0)
        waiting = Assignment.objects.filter(
            problem=standing.pk, role=act.role, ended_at=None, accepted_at=None
        )
        found = waiting.first()
        return self._by_id[found.organisation_id] if found else None
