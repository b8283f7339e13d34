"""What the stories say: varied, plausible, about places of the town, without a slip."""

import hashlib
import re
from collections import Counter

import pytest
import shapely
from PIL import Image

from geoportal.core.words.obscenities import find_obscenities
from geoportal.demo.accounts import ACCOUNTS
from geoportal.demo.seed import STORIES
from geoportal.demo.stories.people import read_people
from geoportal.demo.stories.photos import Album
from geoportal.demo.stories.reading import read_stories
from geoportal.demo.stories.seed import choose_stories
from geoportal.demo.stories.telling import Fate, Verb
from geoportal.media.photo_process import build_thumbnail
from geoportal.problems.workflow import RejectReason
from tests.geoportal.demo.conftest import in_metres, list_shapes

ALBUM = Album(STORIES / "photos")
NEAR_BORDER_M = 15
PHOTO_BYTES_MAX = 60_000
THUMBNAIL_PX = (480, 360)


def list_words(story):
    return [story.title, story.text, *(act.words for act in story.acts)]


def test_there_are_stories_of_every_end(stories):
    ends = Counter(story.ends for story in stories)
    assert set(ends) == set(Fate)
    assert ends[Fate.ARCHIVED] >= 150
    assert ends[Fate.UNCONFIRMED] == 4
    assert ends[Fate.MODERATION] == 8
    assert sum(act.verb == Verb.MERGE for story in stories for act in story.acts) == 8


def test_no_two_are_alike(stories):
    for told in (
        {story.code for story in stories},
        {story.title for story in stories},
        {story.text for story in stories},
        {story.request_id for story in stories},
    ):
        assert len(told) == len(stories)


def test_every_category_of_the_starter_is_told_about(stories, pack):
    categories = pack.by_code("categories")
    leaves = {code for code, category in categories.items() if "parent" in category}
    assert {story.category for story in stories} <= leaves
    assert len({story.category for story in stories}) >= 40


def test_answers_are_to_questions_that_are_asked(stories, pack):
    categories = pack.by_code("categories")
    for story in stories:
        asked = categories[story.category].children.get("question", [])
        questions = {question.text("code"): question for question in asked}
        assert set(story.answers) <= set(questions), story.code
        for code, answer in story.answers.items():
            allowed = questions[code].values.get("choices")
            if allowed:
                given = answer if isinstance(answer, list) else [answer]
                assert set(given) <= {each["value"] for each in allowed}, story.code


def test_acts_are_in_order_and_the_report_is_the_first(stories):
    for story in stories:
        assert story.acts[0].verb == Verb.REPORT
        moments = [(act.after, act.at) for act in story.acts]
        assert moments == sorted(moments), story.code
        assert sum(act.verb == Verb.REPORT for act in story.acts) == 1


def test_words_are_filled_in_and_short_enough(stories):
    for story in stories:
        assert 5 <= len(story.title) <= 120, story.code
        for words in list_words(story):
            assert not re.search(r"[{}]|  ", words), story.code
            assert words == words.strip()


def test_only_what_is_refused_for_it_is_obscene(stories):
    for story in stories:
        refused = {act.reason for act in story.acts if act.verb == Verb.REJECT}
        if RejectReason.OBSCENITY not in refused:
            assert not any(list(find_obscenities(words)) for words in list_words(story)), story.code


def test_a_report_is_refused_for_each_reason(stories):
    refused = [story for story in stories if story.ends == Fate.REJECTED]
    reasons = {act.reason for story in refused for act in story.acts if act.verb == Verb.REJECT}
    assert reasons == {
        "obscenity", "slander", "hatred", "personal_data", "duplicate", "not_local",
    }  # fmt: skip


def test_everyone_who_acts_is_known(stories):
    people = read_people(STORIES / "people.toml")
    assert len({person.name for person in people}) == len(people)
    assert sum(person.name.startswith("resident-") for person in people) >= 40
    known = {person.name for person in people} | {account.name for account in ACCOUNTS}
    for story in stories:
        assert bool(story.caller) != bool(story.person), story.code
        assert {act.person for act in story.acts if act.person} <= known, story.code
        assert story.caller or story.person in known


def test_the_printed_resident_has_one_of_most_ends(stories):
    ends = {story.ends for story in stories if story.person == "resident"}
    assert ends >= set(Fate) - {Fate.UNCONFIRMED, Fate.OPEN_LATE, Fate.ACCEPTED_LATE}
    assert {story.ends for story in stories if story.person == "unconfirmed"} == {Fate.UNCONFIRMED}


def test_places_are_in_the_community_and_some_are_near_a_border(stories):
    (boundary,) = list_shapes("boundary")
    places = shapely.points([(story.lon, story.lat) for story in stories])
    assert shapely.covers(boundary, places).all()
    precincts = shapely.union_all(shapely.boundary(in_metres(list_shapes("police_precincts"))))
    near = shapely.distance(precincts, in_metres(places)) < NEAR_BORDER_M
    assert near.sum() >= 12
    villages = [story for story in stories if story.address.count(",") > 1]
    assert 0.1 < len(villages) / len(stories) < 0.4


def test_few_problems_have_many_voices(stories):
    voices = sorted(sum(act.verb == Verb.JOIN for act in story.acts) for story in stories)
    assert voices[len(voices) // 2] == 0
    assert voices[-1] >= 15


def test_a_third_of_the_reports_has_a_photo_and_no_picture_lies_idle(stories):
    shown = [act.photo for story in stories for act in story.acts if act.photo]
    assert len([story for story in stories if story.acts[0].photo]) >= len(stories) / 4
    files = {path.stem for path in (STORIES / "photos").glob("*.jpg")}
    assert files == {*shown, *(f"{name}-small" for name in shown)}


def test_photos_lie_as_the_cleaning_leaves_them(stories, subtests):
    """Nothing but pixels, small, no two the same; the thumbnail is of the photo."""
    digests = set()
    names = sorted({act.photo for story in stories for act in story.acts if act.photo})
    for name in names:
        with subtests.test(name), Image.open(ALBUM.find_path(name)) as photo:
            assert ALBUM.find_path(name).stat().st_size <= PHOTO_BYTES_MAX
            assert (photo.format, photo.mode) == ("JPEG", "RGB")
            assert dict(photo.getexif()) == {}
            assert not {"icc_profile", "comment", "xmp", "photoshop"} & set(photo.info)
            digests.add(hashlib.sha256(photo.tobytes()).hexdigest())
            with Image.open(ALBUM.find_path(name, small=True)) as small:
                assert small.size == THUMBNAIL_PX
                assert set(small.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density",
                                           "progressive", "progression"}  # fmt: skip
                assert is_alike(build_thumbnail(photo, THUMBNAIL_PX), small)
    assert len(digests) == len(names) >= 100


def is_alike(first: Image.Image, second: Image.Image) -> bool:
    """The same picture, compressed differently."""
    pixels = [image.convert("L").resize((24, 18)).tobytes() for image in (first, second)]
    return all(abs(one - other) < 12 for one, other in zip(*pixels, strict=True))


@pytest.mark.parametrize("count", [20, 60, 200])
def test_a_smaller_choice_has_every_end_too(stories, count):
    chosen = choose_stories(stories, count)
    assert {story.ends for story in chosen} == set(Fate)
    assert abs(len(chosen) - count) <= len(Fate)
    codes = {story.code for story in chosen}
    assert {story.anchor.beside for story in chosen} - {""} <= codes
    assert choose_stories(stories, None) == choose_stories(stories, 10_000) == stories


def test_what_is_no_verb_or_key_is_refused(tmp_path):
    (story,) = read_stories_of(tmp_path, do="accept", after=1)
    assert story.acts[1].verb == Verb.ACCEPT
    with pytest.raises(ValueError, match="paint"):
        read_stories_of(tmp_path, do="paint", after=1)
    with pytest.raises(TypeError, match="colour"):
        read_stories_of(tmp_path, do="accept", after=1, colour="red")


def read_stories_of(folder, **act):
    words = ", ".join(f"{key} = {value!r}" for key, value in act.items())
    (folder / "one.toml").write_text(
        '[[story]]\ncode = "1"\nends = "accepted"\ncategory = "road-pothole"\ntitle = "Яма"\n'
        'text = "Глибока"\nplace = [27.2, 50.2]\naddress = ""\nby = "resident-01"\n'
        'reported = { days_ago = 3, at = "10:00" }\n'
        f"acts = [{{ at = '11:00', {words} }}]\n",
        encoding="utf-8",
    )
    return read_stories(folder)
