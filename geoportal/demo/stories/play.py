"""Lives the stories through the services, at the moments at which they happened."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final

from geoportal.accounts.models import Organisation, User
from geoportal.demo.stories.moments import Told
from geoportal.demo.stories.people import People
from geoportal.demo.stories.photos import Album
from geoportal.demo.stories.telling import Act, Verb
from geoportal.problems import services
from geoportal.problems.categories.working_days import kyiv_day, start_of_day
from geoportal.problems.models import Assignment, Attachment, Category, Problem
from geoportal.problems.services.reporting import Contact, Report
from geoportal.problems.workflow import RoutingRole

CLOCK_HOUR: Final = timedelta(hours=8)
ONE_DAY: Final = timedelta(days=1)
# The organisation, then its controller, hear of what is late within so many days.
REMINDED_WITHIN: Final = timedelta(days=7)
UNCHECKED_FOR: Final = timedelta(days=3)
BEFORE: Final = re.compile(r"(\d+) min before")
Service = Callable[..., Problem]
Given = dict[str, object]


def check_photos(now: datetime) -> None:
    """A moderator has shown what came with later steps, all but the last days' photos."""
    unchecked = Attachment.objects.filter(needs_check=True, created_at__lt=now - UNCHECKED_FOR)
    unchecked.update(is_hidden=False, needs_check=False)


def fill_answers(answers: Mapping[str, object], reported_at: datetime) -> dict[str, object]:
    """The answers of a story, «45 min before» as a moment."""

    def fill(answer: object) -> object:
        before = BEFORE.fullmatch(answer) if isinstance(answer, str) else None
        if before is None:
            return answer
        seen = reported_at - timedelta(minutes=int(before[1]))
        return seen.replace(second=0, microsecond=0).isoformat()

    return {code: fill(answer) for code, answer in answers.items()}


class Player:
    """Knows who is who, and which story became which number."""

    def __init__(
        self, people: People, organisations: Mapping[str, Organisation], album: Album
    ) -> None:
        self._people = people
        self._organisations = organisations
        self._by_id = {each.pk: each for each in organisations.values()}
        self._categories = {
            each.code: each for each in Category.objects.select_related("parent__parent")
        }
        self._album = album
        # As each problem stood after its last step.
        self._standing: dict[str, Problem] = {}

    def play(self, steps: Sequence[Told], now: datetime) -> None:
        """All steps in the order of time, and between them what the clock does by itself."""
        if not steps:
            return
        tick = start_of_day(kyiv_day(steps[0].at)) + CLOCK_HOUR
        for told in steps:
            while tick <= told.at:
                self._tick(tick)
                tick += ONE_DAY
            self._standing[told.story.code] = self._perform(told)
        while tick <= now:
            self._tick(tick)
            tick += ONE_DAY
        check_photos(now)

    def _tick(self, at: datetime) -> None:
        """The clock of one morning; nothing is asked of the database on quiet days."""
        archived = [
            code
            for code, problem in self._standing.items()
            if problem.archive_at is not None and problem.archive_at <= at
        ]
        if archived:
            services.archive_due(at=at)
        for code in archived:
            self._standing[code].archive_at = None
        if any(
            problem.due_at is not None and problem.due_at <= at < problem.due_at + REMINDED_WITHIN
            for problem in self._standing.values()
        ):
            services.remind_overdue(at=at)

    def _perform(self, told: Told) -> Problem:
        match told.act.verb:
            case Verb.REPORT:
                return self._report(told)
            case Verb.JOIN:
                voice = self._people.by_name[told.act.person]
                return services.join_problem(actor=voice, number=self._number(told), at=told.at)
            case Verb.ANSWER | Verb.RATE | Verb.REOPEN:
                return self._by_author(told)
            case Verb.ACCEPT | Verb.ASK | Verb.FORWARD | Verb.ANNOUNCE | Verb.NOTE | Verb.CLOSE:
                return self._by_holder(told)
        return self._by_moderator(told)

    def _number(self, told: Told) -> int:
        return self._standing[told.story.code].pk

    def _report(self, told: Told) -> Problem:
        story = told.story
        caller = story.caller
        actor = self._people.moderator if caller else self._people.by_name[story.person]
        report = Report(
            category=self._categories[story.category],
            lon=story.lon,
            lat=story.lat,
            title=story.title,
            description=story.text,
            address=story.address,
            answers=fill_answers(story.answers, told.at),
            is_anonymous=story.is_anonymous,
            attachments=self._album.add(told, actor, story.request_id),
            client_request_id=story.request_id,
        )
        return services.report_problem(
            actor=actor,
            report=report,
            contact=Contact(name=caller.name, phone=caller.phone) if caller else None,
            source=story.source,
            at=told.at,
        )

    def _by_moderator(self, told: Told) -> Problem:
        service, given = self._choose_of_moderator(told.act)
        moderator = self._people.moderator
        return service(actor=moderator, number=self._number(told), at=told.at, **given)

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

    def _by_holder(self, told: Told) -> Problem:
        """An officer of the organisation that holds the problem in the step's role, if any."""
        standing, act = self._standing[told.story.code], told.act
        holder = self._find_holder(standing, act)
        if holder is None or self._organisations.get(act.organisation) == holder:
            return standing
        worker = self._people.officers[holder.slug]
        service, given = self._choose_of_holder(told, worker)
        return service(
            actor=worker,
            organisation=holder,
            number=standing.pk,
            words=act.words,
            at=told.at,
            **given,
        )

    def _choose_of_holder(self, told: Told, worker: User) -> tuple[Service, Given]:
        act = told.act
        match act.verb:
            case Verb.ACCEPT:
                return services.accept_problem, {}
            case Verb.ASK:
                return services.ask_author, {}
            case Verb.FORWARD:
                return services.forward_problem, {"to": self._organisations[act.organisation]}
            case Verb.ANNOUNCE:
                planned_on = kyiv_day(told.at) + timedelta(days=act.planned_after or 0)
                return services.announce_date, {"planned_on": planned_on}
            case Verb.NOTE:
                return services.add_note, {}
        return services.close_problem, {"resolution": act.reason} | self._attach(told, worker)

    def _by_author(self, told: Told) -> Problem:
        author = self._people.by_name[told.story.person]
        service, given = self._choose_of_author(told, author)
        number = self._number(told)
        return service(actor=author, number=number, words=told.act.words, at=told.at, **given)

    def _choose_of_author(self, told: Told, author: User) -> tuple[Service, Given]:
        act = told.act
        match act.verb:
            case Verb.RATE:
                confirmed = act.rating is not None and act.rating > 1
                return services.rate_result, {"rating": act.rating, "is_confirmed": confirmed}
            case Verb.REOPEN:
                return services.reopen_problem, self._attach(told, author)
        return services.answer_question, {}

    def _attach(self, told: Told, owner: User) -> Given:
        draft = self._album.make_draft(told)
        return {"attachments": self._album.add(told, owner, draft), "draft_id": draft}

    def _find_holder(self, standing: Problem, act: Act) -> Organisation | None:
        """The executor; for an acceptance, who has the role and has not taken the problem yet."""
        if act.verb != Verb.ACCEPT:
            return self._by_id.get(standing.organisation_id or 0)
        waiting = Assignment.objects.filter(
            problem=standing.pk,
            role=act.role or RoutingRole.EXECUTOR,
            ended_at=None,
            accepted_at=None,
        )
        found = waiting.first()
        return self._by_id[found.organisation_id] if found else None
