"""A community that takes reports, and what a person does in the form, for tests."""

from pathlib import Path

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.gis.geos import Point
from django.contrib.sessions.backends.db import SessionStore
from playwright.sync_api import Locator, Page, expect

from geoportal.accounts.models import Organisation, User
from geoportal.problems import services
from geoportal.problems.models import Category, Problem, Question, Responsibility
from geoportal.problems.services.reporting import Report
from layers.models import Layer
from layers.reading.search import rebuild_search
from layers.schema.specs import FieldSpec, LayerSpec
from tests.browser.community import CENTRE, add_layer
from tests.geoportal.media import making

HOUSE = (CENTRE[0] + 0.001, CENTRE[1] + 0.001)
PASSWORD = "correct horse"
IDLE = "#report-map[data-map-state='idle']"
WAIT_MS = 20_000


def seed_reporting() -> None:
    """Houses, two categories, and who answers for them."""
    add_layer(
        LayerSpec(
            slug="addresses",
            title_uk="Адреси",
            title_en="Addresses",
            visibility="public",
            geometry_type="point",
            color="#8a7358",
            title_field="label",
            is_basemap=True,
            fields=(FieldSpec(name="label", title_uk="Адреса", searchable=True),),
        ),
        [("1", Point(*HOUSE), {"label": "вул. Тиха, 7"})],
    )
    rebuild_search(Layer.objects.get(slug="addresses"))
    roads = Category.objects.create(code="roads", title_uk="Дороги", title_en="Roads", icon="cone")
    Category.objects.create(
        code="pothole", parent=roads, title_uk="Яма", title_en="Pothole", keywords=["вибоїна"]
    )
    gas = Category.objects.create(
        code="gas", parent=roads, title_uk="Запах газу", title_en="Smell of gas",
        hint_uk="Телефонуйте 104.", is_emergency=True,
    )  # fmt: skip
    Question.objects.create(
        category=gas, code="where", title_uk="Де саме?", required=True,
        datatype="singlevaluelist",
        choices=[{"value": "in", "title_uk": "У будинку"}, {"value": "out", "title_uk": "Надворі"}],
    )  # fmt: skip
    works = Organisation.objects.create(
        slug="works", kind="municipal_enterprise", name_uk="КП «Шляхи»"
    )
    Responsibility.objects.create(organisation=works, category=roads)


def write_person(name: str, **values: object) -> User:
    user = User.objects.create_user(f"{name}@example.org", PASSWORD, **values)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def publish_pothole(lon: float, lat: float) -> Problem:
    """An open pothole of somebody else."""
    report = Report(
        category=Category.objects.get(code="pothole"),
        lon=lon,
        lat=lat,
        title="Яма біля аптеки",
        description="Глибока.",
    )
    problem = services.report_problem(actor=write_person("neighbour"), report=report)
    services.publish_problem(actor=write_person("mod", is_moderator=True), number=problem.pk)
    return problem


def write_photo(folder: Path, name: str, *, with_place: bool = False) -> Path:
    exif = {"exif": making.build_gps_block()} if with_place else {}
    path = folder / name
    path.write_bytes(making.save(making.draw_corners(), "JPEG", **exif))
    return path


class ReportPage:
    """The form of a report in a browser."""

    def __init__(self, page: Page, site: str) -> None:
        self.page = page
        self.site = site

    def sign_in(self, user: User) -> None:
        """By a session of the server, as if the page of signing in had made it."""
        session = SessionStore()
        session["_auth_user_id"] = str(user.pk)
        session["_auth_user_backend"] = settings.AUTHENTICATION_BACKENDS[0]
        session["_auth_user_hash"] = user.get_session_auth_hash()
        session.save()
        key = session.session_key or ""
        self.page.context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": key, "url": self.site}]
        )

    def open(self, query: str = "") -> None:
        self.page.goto(f"{self.site}/problems/new/{query}")
        self.page.wait_for_selector("[data-mode='steps'][data-step]")

    def open_draft(self, title: str = "Велика яма") -> None:
        """From the list of what was begun."""
        self.open()
        self.part("drafts").get_by_role("link", name=title).click()
        expect(self.part("draft-note")).to_contain_text(title)

    def part(self, name: str) -> Locator:
        return self.page.locator(f"#{name}")

    def expect_step(self, name: str) -> None:
        expect(self.part("report-page")).to_have_attribute("data-step", name)

    def go_on(self, to: str) -> None:
        self.part("next").click()
        self.expect_step(to)

    def choose_category(self, word: str = "вибоїна", code: str = "pothole") -> None:
        self.part("category-search").fill(word)
        self.page.locator(f"input[value='{code}']").check()

    def choose_address(self, text: str = "тиха 7") -> None:
        self.part("address").fill(text)
        self.page.locator("#address-results .result").first.click()

    def write(self, title: str = "Велика яма", description: str = "Вже тиждень.") -> None:
        self.part("title").fill(title)
        self.part("description").fill(description)

    def go_to_photos(self) -> None:
        """Category, place and words, filled in."""
        self.choose_category()
        self.go_on("place")
        self.choose_address()
        expect(self.part("bar-note")).to_contain_text("КП «Шляхи»")
        self.go_on("words")
        self.write()
        self.go_on("media")

    def add(self, *paths: Path) -> None:
        self.part("gallery").set_input_files(list(paths))

    def expect_photos(self, *names: str) -> None:
        expect(self.page.locator("#media-list .media-text strong")).to_have_text(list(names))

    def expect_taken(self, count: int) -> None:
        """So many files are cleaned and at the portal, which takes a process for each."""
        taken = self.page.locator(".media-item[data-state='done']")
        expect(taken).to_have_count(count, timeout=WAIT_MS)

    def expect_sent(self) -> Problem:
        """The page that says thank you; the one problem there is."""
        self.page.wait_for_url("**/problems/new/sent/*/", timeout=WAIT_MS)
        return Problem.objects.get(reporter__email="resident@example.org")
