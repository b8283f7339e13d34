"""People of a journey in a browser, their mailbox, and a problem brought to its end."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core import mail
from django.core.mail import EmailMultiAlternatives
from playwright.sync_api import Page, expect

from geoportal.accounts.models import Membership, Organisation, User
from geoportal.problems import services
from geoportal.problems.models import Category, Problem
from geoportal.problems.services.reporting import Report
from tests.browser.reporting import HOUSE, PASSWORD, write_person

LINK = re.compile(r"https?://[^\s<>]+")


class Mailbox:
    """The letters that somebody got, the newest last."""

    def __init__(self, email: str) -> None:
        self.email = email

    def list(self) -> list[EmailMultiAlternatives]:
        return [each for each in mail.outbox if each.to == [self.email]]  # type: ignore[misc]

    def take(self) -> EmailMultiAlternatives:
        """The one letter that has come since the last look."""
        (letter,) = self.list()
        mail.outbox.clear()
        return letter


def find_link(letter: EmailMultiAlternatives, part: str) -> str:
    """The first address of the plain letter with this part in it; the HTML has the same one."""
    found: str = next(link for link in LINK.findall(str(letter.body)) if part in link)
    ((content, _kind),) = letter.alternatives
    assert f'href="{found}"' in str(content)
    return found


@dataclass
class Staff:
    """A moderator, and an officer of the organisation that answers for potholes."""

    moderator: User
    officer: User
    works: Organisation

    @property
    def worker(self) -> dict[str, object]:
        return {"organisation": self.works, "actor": self.officer}

    def publish(self, number: int, at: datetime | None = None) -> None:
        services.publish_problem(actor=self.moderator, number=number, at=at)

    def accept(self, number: int, at: datetime | None = None) -> None:
        services.accept_problem(**self.worker, number=number, purpose="solution", at=at)

    def close(self, number: int, words: str, at: datetime | None = None) -> None:
        services.close_problem(
            **self.worker, number=number, resolution="solved", words=words, at=at
        )


def hire_staff() -> Staff:
    """After `seed_reporting`."""
    works = Organisation.objects.get(slug="works")
    officer = write_person("officer")
    Membership.objects.create(user=officer, organisation=works, role=Membership.Role.OFFICER)
    return Staff(write_person("moderator", is_moderator=True), officer, works)


def close_pothole(author: User, staff: Staff, closed_at: datetime) -> Problem:
    """A pothole that was reported a few days before and closed at this moment."""
    report = Report(
        category=Category.objects.get(code="pothole"),
        lon=HOUSE[0],
        lat=HOUSE[1],
        title="Велика яма",
        description="Вже тиждень.",
        address="вул. Тиха, 7",
    )
    begun = closed_at - timedelta(days=3)
    number = services.report_problem(actor=author, report=report, at=begun).pk
    staff.publish(number, begun + timedelta(hours=1))
    staff.accept(number, begun + timedelta(hours=2))
    staff.close(number, "Засипали щебенем.", closed_at)
    return Problem.objects.get(pk=number)


def sign_in(page: Page, email: str) -> None:
    """By the page of signing in, that is open."""
    page.locator("[name='login']").fill(email)
    page.locator("[name='password']").fill(PASSWORD)
    page.locator("main button[type='submit']").click()


def expect_fits(page: Page) -> None:
    """Nothing is wider than the screen."""
    page.wait_for_load_state()
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth"), page.url


def expect_state(page: Page, state: str) -> None:
    expect(page.locator(f"section.standing-{state}")).to_be_visible()
