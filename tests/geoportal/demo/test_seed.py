"""The seed command on a real database."""

import pytest
from django.core.management import CommandError, call_command

from geoportal.accounts.models import Membership, Organisation, User
from geoportal.accounts.policies import can_edit_for
from geoportal.demo.accounts import ACCOUNTS, PASSWORD
from layers.models import Changeset, Feature, Layer
from layers.services import edit_feature


@pytest.fixture
def small_community(monkeypatch, datasets, settings):
    """Some layers, so that a test need not write them all; trees are the first eight hundred."""
    from dataclasses import replace
    from itertools import islice

    from geoportal.demo import seed
    from geoportal.demo.history import with_history

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    trees = replace(datasets["trees"], rows=list(islice(datasets["trees"].rows, 800)))
    chosen = [
        *(datasets[slug] for slug in ("boundary", "districts", "shelters", "hospitals")),
        *(datasets[slug] for slug in ("pharmacies", "waste_containers", "parks")),
        with_history(trees),
    ]
    monkeypatch.setattr(seed, "build_datasets", lambda scale: iter(chosen))


def seed_demo(capsys, *arguments: str) -> str:
    call_command("seed_demo", "--problems=0", *arguments)
    return str(capsys.readouterr().out)


@pytest.mark.django_db
def test_second_run_changes_nothing(small_community, capsys, settings):
    settings.DEMO = True
    seed_demo(capsys)
    changesets = Changeset.objects.count()
    features = list(Feature.objects.order_by("id").values_list("id", "changeset_id"))
    out = seed_demo(capsys)
    assert "додано 0, змінено 0" in out
    assert list(Feature.objects.order_by("id").values_list("id", "changeset_id")) == features
    later = Changeset.objects.order_by("id")[changesets:]
    assert {(c.added, c.changed, c.removed) for c in later} == {(0, 0, 0)}


@pytest.mark.django_db
def test_second_run_brings_back_what_was_edited_by_hand(small_community, capsys):
    seed_demo(capsys)
    park = Layer.objects.get(slug="parks")
    edit_feature(layer=park, key="park-01", values={"name": "Інша назва"})
    seed_demo(capsys)
    feature = Feature.objects.get(layer=park, key="park-01")
    assert feature.properties["name"] == "Парк «Замкова гора»"


@pytest.mark.django_db
def test_if_empty_leaves_a_database_with_layers_alone(small_community, make_layer, capsys):
    make_layer(slug="own-trees")
    seed_demo(capsys, "--if-empty")
    assert list(Layer.objects.values_list("slug", flat=True)) == ["own-trees"]


@pytest.mark.django_db
def test_scale_below_one_is_refused():
    with pytest.raises(CommandError):
        call_command("seed_demo", "--scale", "0")


@pytest.mark.django_db
def test_keepers_of_keys_are_kept_from_the_public(small_community, capsys):
    seed_demo(capsys)
    shelter = Feature.objects.filter(layer__slug="shelters").first()
    assert shelter is not None
    assert "responsiblePersonName" not in shelter.properties
    assert shelter.internal["responsiblePersonName"]


@pytest.mark.django_db
def test_history_has_edits_an_import_and_a_rollback(small_community, capsys, settings):
    settings.DEMO = True
    seed_demo(capsys)
    later = Changeset.objects.exclude(comment="")
    assert {"edit", "import", "rollback"} <= set(later.values_list("kind", flat=True))
    assert User.objects.get(email="gis@kalynobrid.example") in [c.author for c in later]
    planted = Feature.objects.filter(layer__slug="trees", key__startswith="T-26-")
    assert planted.count() == 24


@pytest.mark.django_db
def test_accounts_of_every_role_can_sign_in(small_community, capsys, settings, client):
    settings.DEMO = True
    seed_demo(capsys)
    for account in ACCOUNTS:
        assert client.login(username=account.email, password=PASSWORD), account.email
    officer = User.objects.get(email="clean-town-officer@kalynobrid.example")
    clean_town = Organisation.objects.get(slug="clean-town")
    council = Organisation.objects.get(slug="city-council")
    assert can_edit_for(officer, clean_town.pk)
    assert not can_edit_for(officer, council.pk)
    viewer = Membership.objects.get(user__email="viewer@kalynobrid.example")
    assert not can_edit_for(viewer.user, viewer.organisation_id)


@pytest.mark.django_db
def test_without_the_demo_there_are_no_accounts(small_community, capsys, settings):
    settings.DEMO = False
    seed_demo(capsys)
    assert User.objects.count() == 0
    with pytest.raises(CommandError):
        call_command("demo_accounts")


def test_demo_accounts_prints_every_account(capsys, settings):
    settings.DEMO = True
    call_command("demo_accounts")
    out = capsys.readouterr().out
    assert PASSWORD in out
    assert all(account.email in out for account in ACCOUNTS)


@pytest.mark.django_db
def test_organisations_are_of_every_kind(small_community, capsys):
    seed_demo(capsys)
    assert set(Organisation.objects.values_list("kind", flat=True)) == set(Organisation.Kind.values)


@pytest.mark.slow
@pytest.mark.django_db
def test_whole_community_stands(capsys, datasets):
    seed_demo(capsys)
    counts = {layer.slug: layer.features.count() for layer in Layer.objects.all()}
    assert set(counts) == set(datasets)
    assert counts["trees"] >= 3000
    assert counts["addresses"] >= 3000
    assert min(counts.values()) >= 1
    assert not Feature.objects.filter(layer__kind="territory", geom__isvalid=False).exists()
    assert not Feature.objects.filter(geom__isvalid=False).exists()
