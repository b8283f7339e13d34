"""What is published is what somebody looked at, agreed to, and may publish: then and now."""

import pytest

from geoportal.accounts.models import Membership, Organisation
from geoportal.core.errors import Conflict, NotAllowed, VersionMismatch
from importers.errors import LayerChanged, OpenQuestions
from importers.stages.agreeing import list_brakes
from importers.stages.jobs import run_import
from importers.stages.publishing import name_preview
from importers.stages.services import answer_import, cancel_import, check_import
from importers.states import State
from layers.models import Changeset, Feature
from layers.services import archive_layer, edit_feature
from tests.conftest import write_staff
from tests.importers.stages.conftest import TABLE, publish

pytestmark = pytest.mark.django_db
REPLACING = {"key": "id", "mode": "replace"}


@pytest.fixture
def ten(trees, plant):
    """Ten trees that no file names."""
    return [plant(trees, f"old-{number}") for number in range(10)]


@pytest.fixture
def ready(receive, do, ten):
    """An import that would remove all ten."""
    return do(check_import, receive(answers=REPLACING))


def change_layer(trees, officer, plant):
    """One of the ten goes, and another comes: as many would be removed, but not the same."""
    Feature.objects.filter(layer=trees, key="old-1").update(key="new-1")
    edit_feature(layer=trees, key="old-2", values={"height": 2}, actor=officer)


def write_colleague(council):
    colleague = write_staff("petro", is_staff=True)
    Membership.objects.create(user=colleague, organisation=council, role=Membership.Role.OFFICER)
    return colleague


def go_on(import_):
    run_import.func(import_.pk)
    import_.refresh_from_db()
    return import_


def test_consent_holds_for_the_removals_that_were_shown(ready, do, trees, officer, plant):
    (brake,) = list_brakes(ready)
    ready = do(answer_import, ready, answers={"yes_remove": 10})
    assert ready.agreed == {"removes-many": brake.digest}
    change_layer(trees, officer, plant)
    with pytest.raises(LayerChanged):
        do(publish, ready)
    ready.refresh_from_db()
    assert (ready.state, list_brakes(ready)[0].count) == (State.READY, 10)
    with pytest.raises(OpenQuestions):
        do(publish, ready)
    assert do(publish, ready, agrees={"yes": ["removes-many"]}).state == State.PUBLISHED


def test_consent_to_the_same_removals_holds_when_others_objects_were_changed(
    ready, do, trees, officer
):
    ready = do(answer_import, ready, answers={"yes_remove": 10})
    edit_feature(layer=trees, key="old-2", values={"height": 2}, actor=officer)
    with pytest.raises(LayerChanged):
        do(publish, ready)
    ready.refresh_from_db()
    assert do(publish, ready).state == State.PUBLISHED


@pytest.mark.parametrize("consent", [{"yes_remove": 10}, {"yes": ["removes-many"]}])
def test_what_is_said_beforehand_holds_for_the_first_preview_alone(
    receive, do, ten, trees, officer, plant, consent
):
    import_ = do(check_import, receive(answers=REPLACING | consent))
    assert set(import_.agreed) == {"removes-many"}
    assert not set(consent) & set(import_.answers)
    change_layer(trees, officer, plant)
    import_.goes_to = State.PUBLISHED
    import_.save()
    import_ = do(answer_import, import_, answers={"near": 1})
    assert (import_.state, trees.features.count()) == (State.READY, 10)


def test_a_file_that_publishes_itself_asks_again_where_the_layer_changed_on_the_way(
    receive, ten, trees, officer, plant, monkeypatch
):
    """Between the preview and the publication, in one job."""
    from importers.stages import jobs

    whole = jobs.publish_difference

    def change_and_publish(import_):
        monkeypatch.setattr(jobs, "publish_difference", whole)
        change_layer(trees, officer, plant)
        whole(import_)

    monkeypatch.setattr(jobs, "publish_difference", change_and_publish)
    given = REPLACING | {"yes_remove": 10}
    import_ = receive(answers=given, goes_to=State.PUBLISHED)
    assert import_.state == State.READY
    assert not Changeset.objects.filter(kind="import").exists()


def test_a_consent_that_is_taken_back_is_gone(ready, do):
    ready = do(answer_import, ready, answers={"yes_remove": 10})
    ready = do(answer_import, ready, answers={"yes_remove": None})
    assert ready.agreed == {}
    with pytest.raises(OpenQuestions):
        do(publish, ready)


def test_agreeing_to_one_thing_does_not_agree_to_another(ready, do):
    with pytest.raises(OpenQuestions):
        do(publish, ready, agrees={"yes": ["places-left"]}, comment="Весна")
    ready.refresh_from_db()
    assert (ready.state, ready.agreed, ready.comment) == (State.READY, {}, "Весна")


def test_another_preview_than_the_one_looked_at_is_not_published(ready, do):
    seen = name_preview(ready)
    ready = do(answer_import, ready, answers={"near": 1})
    with pytest.raises(VersionMismatch):
        do(publish, ready, seen=seen, agrees={"yes_remove": 10})
    ready.refresh_from_db()
    assert ready.agreed == {}


def test_who_pressed_is_kept_beside_who_sent(receive, do, trees, council, client):
    import_ = do(check_import, receive(answers={"key": "id"}))
    colleague = write_colleague(council)
    import_ = do(publish, import_, actor=colleague)
    changeset = import_.changeset
    assert (import_.publisher, changeset.publisher) == (colleague, colleague)
    assert changeset.author == import_.author != colleague
    client.force_login(colleague)
    for page in (
        f"/staff/imports/{import_.pk}/",
        f"/staff/layers/trees/history/{changeset.pk}/",
        "/staff/layers/trees/history/",
    ):
        words = client.get(page).content.decode()
        assert "petro@example.org" in words, page
        assert "officer@example.org" in words, page
    told = client.get(f"/api/v1/layers/trees/changesets/{changeset.pk}/").json()
    assert (told["author"], told["publisher"]) == ("officer@example.org", "petro@example.org")


def test_one_that_publishes_itself_is_published_by_who_sent_it(receive, officer, trees):
    import_ = receive(answers={"key": "id"}, goes_to=State.PUBLISHED)
    assert (import_.state, import_.publisher) == (State.PUBLISHED, officer)


def leave(officer, trees):
    officer.memberships.all().delete()


def be_switched_off(officer, trees):
    officer.is_active = False
    officer.save()


def hand_the_layer_over(officer, trees):
    trees.organisation = Organisation.objects.create(slug="hospital", name_uk="Лікарня")
    trees.save()


def become_a_viewer(officer, trees):
    officer.memberships.update(role="viewer")


@pytest.mark.parametrize("lose", [leave, be_switched_off, hand_the_layer_over, become_a_viewer])
def test_rights_that_go_between_the_word_and_the_job_stop_it(receive, do, trees, officer, lose):
    import_ = do(check_import, receive(answers={"key": "id"}))
    publish(import_)
    lose(officer, trees)
    import_ = go_on(import_)
    assert (import_.state, bool(import_.error), import_.publisher) == (State.READY, True, None)
    assert not trees.features.exists()
    with pytest.raises(NotAllowed):
        publish(import_, actor=type(officer).objects.get(pk=officer.pk))


def test_a_colleague_goes_on_where_the_right_was_lost(receive, do, trees, officer, council):
    import_ = do(check_import, receive(answers={"key": "id"}))
    publish(import_)
    leave(officer, trees)
    import_ = go_on(import_)
    colleague = write_colleague(council)
    assert do(publish, import_, actor=colleague).state == State.PUBLISHED


def test_nothing_is_published_into_an_archived_layer(receive, do, trees, officer):
    import_ = do(check_import, receive(answers={"key": "id"}))
    publish(import_)
    archive_layer(layer=trees, actor=officer)
    import_ = go_on(import_)
    assert (import_.state, bool(import_.error)) == (State.FAILED, True)
    assert not Changeset.objects.filter(kind="import").exists()


def test_into_an_archived_layer_nobody_is_let_press(ready, trees):
    archive_layer(layer=trees)
    with pytest.raises(Conflict, match="архів"):
        publish(ready)
    assert cancel_import(import_=ready).state == State.CANCELLED


def test_a_second_press_says_what_the_first_has_begun(receive, do, trees):
    import_ = do(check_import, receive(TABLE, answers={"key": "id"}))
    seen = name_preview(import_)
    publish(import_, seen=seen)
    with pytest.raises(Conflict, match="Публікується"):
        publish(import_, seen=seen)
