"""Every save is a version, and none is ever lost."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.utils import DatabaseError

from geoportal.core.errors import Conflict, InvalidInput, NotAllowed, NotFound, VersionMismatch
from geoportal.pages.models import Page, PageVersion
from geoportal.pages.services import create_page, edit_page, restore_version, rewrite_page
from geoportal.pages.specs import PageText, read_text, tidy

pytestmark = pytest.mark.django_db


def save(page: Page, actor, body: str, based_on: int | None = None, **given: str) -> Page:
    text = replace(read_text(page), body_uk=body)
    return edit_page(
        slug=page.slug, text=text, based_on=based_on or page.revision, actor=actor, **given
    )


def test_a_save_is_a_version_with_its_author_and_words(rules, administrator):
    first = rules.body_uk
    page = save(rules, administrator, "Нове", comment="Коротше")
    assert (page.revision, page.updated_by, page.body_uk) == (2, administrator, "Нове")
    versions = list(page.versions.values_list("number", "author", "comment", "body_uk"))
    assert versions == [(2, administrator.pk, "Коротше", "Нове"), (1, None, "", first)]


def test_what_does_not_differ_is_no_version(rules, administrator):
    page = save(rules, administrator, rules.body_uk)
    assert page.revision == 1
    assert PageVersion.objects.filter(page=rules).count() == 1


def test_writing_on_an_old_version_is_refused_and_changes_nothing(
    rules, administrator, other_administrator
):
    save(rules, other_administrator, "Чуже")
    with pytest.raises(VersionMismatch):
        save(rules, administrator, "Моє", based_on=1)
    rules.refresh_from_db()
    assert (rules.body_uk, rules.revision) == ("Чуже", 2)


def test_an_older_version_comes_back_as_a_new_one(rules, administrator):
    first = read_text(rules)
    page = save(rules, administrator, "Зламано")
    page = restore_version(slug="rules", number=1, based_on=2, actor=administrator)
    assert read_text(page) == first
    assert page.revision == 3
    assert list(page.versions.values_list("number", flat=True)) == [3, 2, 1]
    assert page.versions.get(number=2).body_uk == "Зламано"


def test_bringing_back_is_refused_when_somebody_has_saved(rules, administrator):
    save(rules, administrator, "Друге")
    with pytest.raises(VersionMismatch):
        restore_version(slug="rules", number=1, based_on=1, actor=administrator)


@pytest.mark.parametrize("who", ["resident", "officer"])
def test_only_administrators_write(who, rules, request):
    actor = request.getfixturevalue(who)
    with pytest.raises(NotAllowed):
        save(rules, actor, "Моє")
    with pytest.raises(NotAllowed):
        restore_version(slug="rules", number=1, based_on=1, actor=actor)
    assert Page.objects.get(slug="rules").revision == 1


def test_what_is_not_there_is_not_found(administrator):
    text = PageText(title_uk="Новини")
    with pytest.raises(NotFound):
        edit_page(slug="news", text=text, based_on=1, actor=administrator)
    with pytest.raises(NotFound):
        restore_version(slug="rules", number=9, based_on=1, actor=administrator)


def test_a_page_needs_a_title_and_an_address_of_its_own(rules, administrator):
    with pytest.raises(InvalidInput) as refusal:
        edit_page(slug="rules", text=PageText(title_uk=""), based_on=1, actor=administrator)
    assert set(refusal.value.extra["errors"]) == {"title_uk"}
    with pytest.raises(Conflict):
        create_page(slug="rules", text=PageText(title_uk="Інші правила"))
    with pytest.raises(InvalidInput):
        create_page(slug="Правила", text=PageText(title_uk="Правила"))


def test_the_database_refuses_rewriting_of_history(rules):
    for attempt in (
        lambda: PageVersion.objects.filter(page=rules).update(body_uk="Інше"),
        lambda: PageVersion.objects.filter(page=rules).update(body_uk="Інше", author=None),
        lambda: PageVersion.objects.filter(page=rules).delete(),
    ):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            attempt()
    with pytest.raises(IntegrityError), transaction.atomic():
        PageVersion.objects.create(page=rules, number=1, title_uk="Двійник")


def test_versions_outlive_their_author(rules, administrator):
    save(rules, administrator, "Нове")
    administrator.delete()
    version = PageVersion.objects.get(page=rules, number=2)
    assert (version.author, version.body_uk) == (None, "Нове")
    assert Page.objects.get(slug="rules").updated_by is None


def test_rewriting_by_a_program_is_a_version_too(rules, administrator):
    save(rules, administrator, "Від руки")
    page = rewrite_page(slug="rules", text=replace(read_text(rules), body_uk="З файлу"))
    assert (page.revision, page.updated_by) == (3, None)
    assert page.versions.get(number=2).body_uk == "Від руки"


@pytest.mark.django_db(transaction=True)
def test_of_five_who_save_at_once_one_wins_and_the_others_are_told(administrator):
    rules = Page.objects.get(slug="rules")

    def write(number: int) -> str:
        try:
            save(rules, administrator, f"Текст {number}", based_on=1)
        except VersionMismatch:
            return "told"
        finally:
            connection.close()
        return "saved"

    with ThreadPoolExecutor(5) as writers:
        answers = sorted(writers.map(write, range(5)))
    assert answers == ["saved", "told", "told", "told", "told"]
    assert Page.objects.get(slug="rules").revision == 2
    assert PageVersion.objects.filter(page=rules).count() == 2


def test_texts_are_kept_tidy():
    assert tidy("  \r\n# а  \r\n\r\nб\t\r\n\r\n") == "# а\n\nб"
