"""Public pages of organisations."""

import pytest

from geoportal.accounts.models import Organisation

pytestmark = pytest.mark.django_db


@pytest.fixture
def described(utility):
    utility.description_uk, utility.description_en = "Вода.", "Water and sewers."
    utility.name_en, utility.phone = "Water Utility", "+380 44 123 45 67"
    utility.address, utility.working_hours = "Soborna 1", "8–17"
    utility.save()
    return utility


def test_everybody_reads_who_answers_and_how_to_reach_them(site, described):
    assert "Water Utility" in site.read("/organisations/")
    text = site.read("/organisations/utility/")
    for part in ("Water and sewers.", "+380 44 123 45 67", "Soborna 1", "8–17"):
        assert part in text
    assert 'href="tel:+380441234567"' in site.client.get("/organisations/utility/").content.decode()


def test_organisations_stand_by_kind_and_are_found_by_words(site, utility, council):
    assert "Municipal enterprise" in site.read("/organisations/")
    text = site.read("/organisations/?q=water")
    assert "Water Utility" in text
    assert "Міська рада" not in text
    assert "No organisation has" in site.read("/organisations/?q=nothing")


def test_one_that_no_longer_works_has_no_page(site, utility):
    Organisation.objects.update(is_active=False)
    assert "Water Utility" not in site.read("/organisations/")
    site.read("/organisations/utility/", 404)


def test_members_are_not_told_to_the_public(site, head):
    assert "head@example.org" not in site.read("/organisations/utility/")


def test_the_list_costs_the_same_for_one_and_for_twenty(client, utility, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client.get("/organisations/")
    with CaptureQueriesContext(connection) as queries:
        client.get("/organisations/")
    for number in range(20):
        Organisation.objects.create(slug=f"o{number}", kind="deputy", name_uk=f"О{number}")
    with django_assert_num_queries(len(queries)):
        client.get("/organisations/")
