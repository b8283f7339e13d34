"""The author changes a report before it is published."""

import re
import uuid

from geoportal.problems import services
from geoportal.problems.media.uploads import add_upload
from geoportal.problems.models import Attachment, Problem, Question
from tests.geoportal.problems.conftest import write_user
from tests.geoportal.problems.uploading import list_files, photo
from tests.geoportal.web.reading import read


def fill_in(problem: Problem, **changes: str) -> dict[str, str]:
    return {
        "category": "rubbish",
        "lon": str(problem.geom.x),
        "lat": str(problem.geom.y),
        "title": problem.title,
        "description": problem.description,
        "address": "",
        "expected_version": str(problem.version),
        "do": "save",
    } | changes


def test_the_author_changes_a_refused_report_and_sends_it_again(sign_in, author, make_problem):
    problem, client = make_problem("rejected"), sign_in(author)
    url = f"/problems/{problem.pk}/edit/"
    assert "Save and send again" in read(client, url)
    given = fill_in(problem, title="Купа сміття, ввічливо", shows_name="on", do="resubmit")
    assert client.post(url, given).status_code == 303
    problem.refresh_from_db()
    assert (problem.title, problem.state) == ("Купа сміття, ввічливо", "moderation")
    assert not problem.is_anonymous


def test_a_change_that_is_refused_keeps_what_was_written(sign_in, author, make_problem):
    problem, client = make_problem("moderation"), sign_in(author)
    given = fill_in(problem, title="Яма", description="Дуже довге пояснення", lon="99")
    response = client.post(f"/problems/{problem.pk}/edit/", given)
    text = response.content.decode()
    assert response.status_code == 400
    assert "Дуже довге пояснення" in text
    assert 'value="Яма"' in text
    assert "From 5 to 120 letters" in text
    problem.refresh_from_db()
    assert problem.title == "Купа сміття біля контейнера"


def test_a_report_outside_the_community_is_refused_with_the_place_kept(
    sign_in, author, make_problem
):
    problem = make_problem("moderation")
    given = fill_in(problem, lon="30.9", lat="50.9")
    response = sign_in(author).post(f"/problems/{problem.pk}/edit/", given)
    assert "outside the community" in response.content.decode()
    assert 'value="30.9"' in response.content.decode()


def test_somebody_was_faster_and_nothing_is_overwritten(sign_in, author, moderator, make_problem):
    problem, client = make_problem("moderation"), sign_in(author)
    given = fill_in(problem, title="Моя нова назва")
    services.edit_problem(
        actor=moderator, number=problem.pk, title="Назва модератора",
        description=problem.description, words="Виправлено.",
    )  # fmt: skip
    response = client.post(f"/problems/{problem.pk}/edit/", given)
    assert response.status_code == 400
    assert "Моя нова назва" in response.content.decode()
    problem.refresh_from_db()
    assert problem.title == "Назва модератора"


def test_only_the_author_changes_it_and_only_before_publication(
    visitor, sign_in, author, moderator, make_problem
):
    waiting, published = make_problem("moderation"), make_problem()
    assert visitor.get(f"/problems/{waiting.pk}/edit/").status_code == 302
    assert sign_in(moderator).get(f"/problems/{waiting.pk}/edit/").status_code == 403
    assert sign_in(write_user("stranger")).get(f"/problems/{waiting.pk}/edit/").status_code == 404
    assert sign_in(author).get(f"/problems/{published.pk}/edit/").status_code == 409


def send_photos(author, make_problem, count: int) -> tuple[Problem, list[Attachment]]:
    draft = uuid.uuid4()
    photos = [
        add_upload(actor=author, draft_id=draft, file=photo()).attachment for _ in range(count)
    ]
    ids = tuple(each.pk for each in photos)
    return make_problem("moderation", client_request_id=draft, attachments=ids), photos


def read_boxes(page: str) -> dict[int, bool]:
    """Which photos may be taken out, and whether they are marked."""
    boxes = re.findall(r'name="removed" value="(\d+)" (checked)?', page)
    return {int(number): bool(checked) for number, checked in boxes}


def test_a_photo_that_is_marked_is_taken_out_and_another_comes(
    sign_in, author, make_problem, settings, django_capture_on_commit_callbacks
):
    settings.PROBLEM_ATTACHMENTS_MAX = 2
    problem, (first, second) = send_photos(author, make_problem, 2)
    url, client = f"/problems/{problem.pk}/edit/", sign_in(author)
    assert read_boxes(read(client, url)) == {first.pk: False, second.pk: False}
    given = fill_in(problem, removed=str(first.pk)) | {"files": photo("нове.jpg")}
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(url, given).status_code == 303
    names = [each.original_name for each in problem.attachments.all()]
    assert names == ["яма.jpg", "нове.jpg"]
    assert problem.attachments.first() == second
    assert first.file.name not in list_files()


def test_one_photo_too_many_is_refused_when_none_is_taken_out(
    sign_in, author, make_problem, settings
):
    settings.PROBLEM_ATTACHMENTS_MAX = 2
    problem, photos = send_photos(author, make_problem, 2)
    given = fill_in(problem) | {"files": photo("нове.jpg")}
    response = sign_in(author).post(f"/problems/{problem.pk}/edit/", given)
    assert "At most 2 photos" in response.content.decode()
    assert list(problem.attachments.all()) == photos


def test_a_refused_change_keeps_the_mark_and_the_photo(sign_in, author, make_problem):
    problem, (first, second) = send_photos(author, make_problem, 2)
    given = fill_in(problem, title="Яма", removed=str(first.pk))
    response = sign_in(author).post(f"/problems/{problem.pk}/edit/", given)
    assert response.status_code == 400
    assert read_boxes(response.content.decode()) == {first.pk: True, second.pk: False}
    assert problem.attachments.count() == 2
    assert first.file.name in list_files()


def test_a_photo_of_another_report_is_refused_in_words(sign_in, author, make_problem):
    problem, _photos = send_photos(author, make_problem, 1)
    other, (foreign,) = send_photos(author, make_problem, 1)
    given = fill_in(problem, removed=str(foreign.pk))
    response = sign_in(author).post(f"/problems/{problem.pk}/edit/", given)
    assert response.status_code == 400
    assert "cannot be removed" in response.content.decode()
    assert other.attachments.get() == foreign


def test_the_answer_form_says_truly_who_will_read_it(
    sign_in, author, moderator, make_problem, town
):
    waiting, published = make_problem("moderation"), make_problem("accepted")
    services.ask_reporter(actor=moderator, number=waiting.pk, words="Де саме?")
    services.ask_author(
        actor=town.officers["clean"], organisation=town.organisations["clean"],
        number=published.pk, words="Де саме?",
    )  # fmt: skip
    client = sign_in(author)
    pages = [read(client, f"/problems/{each.pk}/") for each in (waiting, published)]
    assert ["The answer is not public" in page for page in pages] == [True, False]
    assert ["The answer is public" in page for page in pages] == [False, True]


def test_what_everyone_will_read_is_looked_at_while_it_is_changed(
    sign_in, author, town, make_problem
):
    for code, public in (("where", True), ("who", False)):
        Question.objects.create(
            category=town.categories["rubbish"], code=code, title_uk=code, datatype="string",
            is_public=public,
        )  # fmt: skip
    problem = make_problem("moderation")
    page = sign_in(author).get(f"/problems/{problem.pk}/edit/").content.decode()
    looked_at = re.findall(r'name="([^"]+)"[^>]*data-hints=""', page)
    assert looked_at == ["answer-rubbish-where", "title", "description", "address"]
    assert "word_hints.mjs" in page
