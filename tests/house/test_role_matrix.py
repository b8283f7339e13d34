"""Every URL × every role × every method: the status is what the table of roles says.

This file: pages, layers, their services and tiles, and the administration. Those of accounts,
problems and cabinets have files of their own beside it, so that processes share the work.
"""

import pytest
from django.contrib import admin
from django.urls import get_resolver

from geoportal.accounts.models import User
from layers.models import Layer
from tests.house import roles
from tests.house.asking_as_roles import (  # noqa: F401
    clients,
    find_taken_methods,
    find_wrong_answers,
    send,
    standing_community,
)
from tests.house.roles import ANY_METHOD
from tests.house.roles_accounts import ACCOUNTS
from tests.house.roles_cabinets import CABINETS
from tests.house.roles_open311 import OPEN311
from tests.house.roles_problems import PROBLEMS
from tests.house.roles_staff import STAFF
from tests.house.roles_tiles import TILES
from tests.house.test_documented import list_routes

MATRIX = roles.MATRIX | TILES


def test_the_tables_have_every_url_once():
    tables = (MATRIX, ACCOUNTS, OPEN311, PROBLEMS, CABINETS, STAFF)
    assert sorted(url for table in tables for url in table) == sorted(
        set(list_routes(get_resolver()))
    )


@pytest.mark.parametrize("pattern", MATRIX)
def test_every_role_gets_what_the_table_says(pattern, send):
    assert find_wrong_answers(MATRIX[pattern], send) == []


@pytest.mark.parametrize("pattern", sorted(set(MATRIX) - ANY_METHOD))
def test_other_methods_are_refused(pattern, send):
    assert find_taken_methods(pattern, MATRIX[pattern], send) == []


def test_an_inactive_account_is_a_visitor(clients, standing_community):
    User.objects.filter(pk=standing_community.people["officer"].pk).update(is_active=False)
    assert clients["officer"].get("/layers/closed/").status_code == 404
    assert Layer.objects.filter(slug="closed").exists()


ADD_IN_ADMINISTRATION = {"Theme", "User", "Organisation", "Group"}


def test_the_administration_is_for_administrators(clients):
    """Layers and changesets are made by services, so nobody adds them by a form."""
    for model in admin.site._registry:
        name = f"{model._meta.app_label}/{model._meta.model_name}"
        for role, client in clients.items():
            listed = client.get(f"/admin/{name}/").status_code
            added = client.get(f"/admin/{name}/add/").status_code
            if role == "administrator":
                assert listed == 200, name
                own = model.__name__ in ADD_IN_ADMINISTRATION
                assert added == (200 if own else 403) or not own, f"{name}: {added}"
            else:
                refused = 403 if role in ("clerk", "officer") else 302
                assert (listed, added) == (refused, refused), f"{role} {name}"
