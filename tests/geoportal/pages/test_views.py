"""What people read, and how administrators write it, as a browser sees it."""

import re
from dataclasses import replace

import pytest
from django.test import Client

from geoportal.interface.models import Community
from geoportal.pages.models import Page
from geoportal.pages.services import edit_page
from geoportal.pages.specs import read_text

pytestmark = pytest.mark.django_db
EDITOR = "/staff/pages/rules/"


def form_of(page: Page, **given: object) -> dict[str, object]:
    """What the browser sends of the form as it was opened; unticked boxes are not sent."""
    values = vars(read_text(page)) | {"based_on": page.revision, "comment": "", "action": "save"}
    return {name: value for name, value in (values | given).items() if value is not False}


def read_html(response) -> str:
    return str(response.content.decode())


def test_a_page_is_read_by_anyone_in_both_languages(reader):
    assert "Це не офіційне звернення" in reader.read("/pages/rules/")
    assert "This is no formal appeal" in reader.read("/pages/rules/?lang=en")
    assert '<article class="article" lang="en">' in reader.get("/pages/rules/?lang=en")


def test_ukrainian_is_shown_and_marked_where_there_is_no_english(reader, rules, administrator):
    text = replace(read_text(rules), title_en="", body_en="")
    edit_page(slug="rules", text=text, based_on=1, actor=administrator)
    shown = reader.get("/pages/rules/?lang=en")
    assert '<article class="article" lang="uk">' in shown
    assert "<h1>Правила</h1>" in shown


def test_a_page_that_is_not_there_says_so(reader):
    reader.get("/pages/absent/", status=404)


def test_contacts_list_the_emergency_numbers_of_the_community(reader):
    Community.objects.create(emergency_numbers=[{"number": "1580", "title_uk": "диспетчер міста"}])
    shown = reader.get("/pages/contacts/")
    assert '<a href="tel:1580"><strong>1580</strong></a> – диспетчер міста' in shown


def test_every_page_leads_to_the_pages_of_the_site(reader, rules, administrator):
    foot = reader.get("/data/")
    for slug in ("how-it-works", "rules", "about", "contacts", "privacy", "accessibility"):
        assert f'href="/pages/{slug}/"' in foot
    menu = reader.get("/")
    assert 'href="/pages/rules/"' in menu
    assert 'href="/pages/privacy/"' not in menu
    text = replace(read_text(rules), in_menu=False, in_footer=False)
    edit_page(slug="rules", text=text, based_on=1, actor=administrator)
    assert 'href="/pages/rules/"' not in reader.get("/data/") + reader.get("/")


def test_links_at_the_foot_are_in_the_language_of_the_page(reader):
    assert "Accessibility statement" in reader.read("/data/?lang=en")
    assert "Заява про доступність" in reader.read("/data/")


def test_only_administrators_are_led_to_the_editor(reader, writer, officer):
    assert "/staff/pages/" not in reader.get("/pages/rules/")
    assert 'href="/staff/pages/rules/"' in read_html(writer.get("/pages/rules/"))
    clerk = Client()
    clerk.force_login(officer)
    assert "/staff/pages/" not in read_html(clerk.get("/pages/rules/"))


def test_visitor_is_asked_to_sign_in_and_comes_back(reader):
    response = reader.client.get(EDITOR)
    assert response.headers["Location"] == "/accounts/login/?next=/staff/pages/rules/"


def test_list_says_which_pages_wait_for_the_administrator(writer, rules, administrator):
    text = replace(read_text(rules), body_uk="Готово", body_en="")
    edit_page(slug="rules", text=text, based_on=1, actor=administrator)
    rows = re.findall(r"<tr>.*?</tr>", read_html(writer.get("/staff/pages/?lang=en")), re.DOTALL)
    by_slug = {match[1]: row for row in rows if (match := re.search(r"pages/([\w-]+)/", row))}
    assert "[brackets]" in by_slug["contacts"]
    assert "[brackets]" not in by_slug["rules"]
    assert "There is no English text" in by_slug["rules"]
    assert str(administrator) in by_slug["rules"]


def test_preview_shows_what_is_written_and_saves_nothing(writer, rules):
    written = form_of(rules, body_uk="## Новий розділ\n\n<script>x</script>", action="preview")
    shown = read_html(writer.post(EDITOR, written))
    assert '<h2 id="новий-розділ">Новий розділ</h2>' in shown
    assert "<script>x" not in shown
    assert Page.objects.get(slug="rules").revision == 1


def test_saving_keeps_everything_and_tells_so(writer, rules, administrator):
    written = form_of(rules, body_uk="Рядок\r\nще рядок  ", in_menu=False, comment="Коротше")
    response = writer.post(f"{EDITOR}?lang=en", written, follow=True)
    assert response.redirect_chain == [(EDITOR, 302)]
    page = Page.objects.get(slug="rules")
    assert (page.body_uk, page.in_menu, page.in_footer) == ("Рядок\nще рядок", False, True)
    assert (page.body_en, page.position) == (rules.body_en, rules.position)
    assert page.versions.get(number=2).comment == "Коротше"
    assert 'role="status"' in read_html(response)


def test_saving_what_was_not_touched_makes_no_version(writer, rules):
    writer.post(EDITOR, form_of(rules))
    assert Page.objects.get(slug="rules").revision == 1


@pytest.mark.parametrize(
    "wrong",
    [{"title_uk": " "}, {"title_uk": "x" * 121}, {"position": -1}, {"position": "x"},
     {"based_on": "x"}, {"comment": "x" * 255}, {"body_uk": "x" * 100_001}],
)  # fmt: skip
def test_a_form_that_cannot_be_saved_keeps_what_was_filled_in(writer, rules, wrong):
    response = writer.post(EDITOR, form_of(rules, body_en="Kept text") | wrong)
    assert response.status_code == 200
    assert "Kept text</textarea>" in read_html(response)
    assert Page.objects.get(slug="rules").revision == 1


def test_when_somebody_else_has_saved_both_texts_are_shown(
    writer, rules, administrator, other_administrator
):
    theirs = replace(read_text(rules), body_uk="Текст колеги")
    edit_page(slug="rules", text=theirs, based_on=1, actor=other_administrator)
    response = writer.post(EDITOR, form_of(rules, body_uk="Мій текст"))
    shown = read_html(response)
    assert response.status_code == 409
    assert "Мій текст</textarea>" in shown
    assert "Текст колеги</textarea>" in shown
    assert str(other_administrator) in shown
    assert Page.objects.get(slug="rules").body_uk == "Текст колеги"

    # The form now stands on their version: saved knowingly, theirs stays in the history.
    based_on = re.search(r'name="based_on" value="(\d+)"', shown)
    writer.post(EDITOR, form_of(rules, body_uk="Разом", based_on=based_on[1]))
    page = Page.objects.get(slug="rules")
    assert (page.body_uk, page.revision) == ("Разом", 3)
    assert page.versions.get(number=2).body_uk == "Текст колеги"


def test_a_version_shows_its_difference_and_comes_back_by_a_button(writer, rules, administrator):
    text = replace(read_text(rules), body_uk=rules.body_uk + "\n\nДописано.")
    edit_page(slug="rules", text=text, based_on=1, actor=administrator)
    first = f"{EDITOR}versions/1/"
    shown = read_html(writer.get(first))
    assert "<del>Дописано.</del>" in shown
    response = writer.post(first, {"based_on": 2})
    assert response.headers["Location"] == EDITOR
    page = Page.objects.get(slug="rules")
    assert (page.body_uk, page.revision) == (rules.body_uk, 3)


@pytest.mark.parametrize("based_on", ["1", "", "x", "-1"])
def test_bringing_back_over_a_newer_save_is_asked_again(writer, rules, administrator, based_on):
    text = replace(read_text(rules), body_uk="Друге")
    edit_page(slug="rules", text=text, based_on=1, actor=administrator)
    response = writer.post(f"{EDITOR}versions/1/", {"based_on": based_on})
    assert response.status_code == 409
    assert 'role="alert"' in read_html(response)
    assert Page.objects.get(slug="rules").revision == 2


def test_the_version_that_stands_has_no_button(writer):
    shown = read_html(writer.get(f"{EDITOR}versions/1/"))
    assert 'name="based_on"' not in shown


def test_pages_cost_the_same_however_many_versions_there_are(
    writer, rules, administrator, django_assert_num_queries
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as one:
        writer.get(EDITOR)
    page = rules
    for number in range(20):
        text = replace(read_text(page), body_uk=f"Текст {number}")
        page = edit_page(slug="rules", text=text, based_on=page.revision, actor=administrator)
    with django_assert_num_queries(len(one)):
        writer.get(EDITOR)


def test_page_that_says_the_database_is_away_is_drawn_without_links(client, monkeypatch):
    from django.db import OperationalError
    from django.db.models.sql.compiler import SQLCompiler

    def refuse(*args, **kwargs):
        raise OperationalError("the server closed the connection")

    monkeypatch.setattr(SQLCompiler, "execute_sql", refuse)
    response = client.get("/pages/rules/", headers={"Accept": "text/html"})
    assert response.status_code == 503
    assert "site-footer" in read_html(response)
