"""Words of staff that everyone will read."""

import pytest

from geoportal.problems.models import Problem, ResponseTemplate

pytestmark = pytest.mark.django_db


def test_bulk_words_with_personal_data_wait_for_a_second_word(clean, make_problem):
    problem = make_problem("open")
    fields = {"action": "accept", "words": "Дзвоніть 067 123-45-67", "numbers": [problem.pk]}
    clean.post("/cabinet/clean/bulk/", fields)
    page = clean.get("/cabinet/clean/").content.decode()
    assert 'name="words_confirmed"' in page
    assert "Дзвоніть 067 123-45-67" in page
    assert Problem.objects.get(pk=problem.pk).state == "open"
    clean.post("/cabinet/clean/bulk/", fields | {"words_confirmed": "1"})
    assert Problem.objects.get(pk=problem.pk).state == "accepted"


def test_closing_words_with_personal_data_wait_for_a_second_word(clean, make_problem):
    problem = make_problem("accepted")
    fields = {"resolution": "solved", "words": "Зробив майстер 067 123-45-67"}
    url = f"/cabinet/clean/{problem.pk}/close/"
    page = clean.post(url, fields, follow=True).content.decode()
    assert 'name="words_confirmed"' in page
    assert Problem.objects.get(pk=problem.pk).state == "accepted"
    clean.post(url, fields | {"words_confirmed": "1"})
    assert Problem.objects.get(pk=problem.pk).state == "closed"


def test_a_template_with_personal_data_waits_for_a_second_word(clean, town):
    fields = {"do": "add", "title": "Майстер", "words": "Телефон 067 123-45-67"}
    refused = clean.post("/cabinet/clean/templates/", fields)
    assert refused.status_code == 400
    assert 'name="words_confirmed"' in refused.content.decode()
    assert not ResponseTemplate.objects.exists()
    clean.post("/cabinet/clean/templates/", fields | {"words_confirmed": "1"})
    assert ResponseTemplate.objects.get().words == fields["words"]


def test_forms_say_that_everyone_reads_the_words(clean, make_problem):
    page = clean.get(f"/cabinet/clean/{make_problem('accepted').pk}/").content.decode()
    assert page.count("Ці слова прочитають усі") == page.count("data-hints=") > 3
