"""The process starts only with safe settings, and says when it is ready."""

import os
import subprocess
import sys

import pytest
from django.core.management import call_command
from django.test import Client

from geoportal.core.checks import check_secret_key
from geoportal.database_url import database_from_url


@pytest.mark.parametrize("key", ["missing", "short", "django-insecure-" + "x" * 50, "secret" * 20])
def test_production_refuses_a_weak_secret(settings, key):
    settings.DEMO = settings.DEBUG = False
    settings.SECRET_KEY = key
    (error,) = check_secret_key(None)
    assert error.id == "geoportal.E001"
    assert "GEOPORTAL_SECRET_KEY" in error.msg
    assert error.hint


def test_a_strong_secret_is_taken(settings):
    settings.DEMO = settings.DEBUG = False
    settings.SECRET_KEY = "kA9-xQ2_mV7wZ4" * 4
    assert check_secret_key(None) == []


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("postgis://u:p%40ss@db.example:5433/town", ("town", "u", "p@ss", "db.example", "5433")),
        ("postgis:///town?host=/run/pg&user=u", ("town", "u", "", "/run/pg", "")),
        ("postgis://u@/town?host=/run/pg", ("town", "u", "", "/run/pg", "")),
    ],
)
def test_a_database_url_is_read(url, expected):
    database = database_from_url(url)
    names = ("NAME", "USER", "PASSWORD", "HOST", "PORT")
    assert tuple(database[name] for name in names) == expected


@pytest.mark.django_db
def test_the_probes_answer():
    assert Client().get("/livez").json() == {"status": "ok"}
    ready = Client().get("/readyz")
    assert ready.status_code == 200
    assert ready.json()["checks"] == {
        "database": "ok",
        "migrations": "ok",
        "jobs": "ok",
        "messages": "ok",
    }


@pytest.mark.django_db
def test_a_job_left_waiting_is_not_ready():
    from datetime import timedelta

    from django.utils import timezone
    from django_tasks_db.models import DBTaskResult

    from layers.reading.search import rebuild_layer_search

    DBTaskResult.objects.create(
        task_path=rebuild_layer_search.module_path,
        args_kwargs={"args": [1], "kwargs": {}},
        backend_name="default",
        priority=0,
        run_after=timezone.now() - timedelta(minutes=10),
    )
    DBTaskResult.objects.update(enqueued_at=timezone.now() - timedelta(minutes=10))
    ready = Client().get("/readyz")
    assert (ready.status_code, ready.json()["checks"]["jobs"]) == (503, "waiting too long")


@pytest.mark.django_db
def test_people_get_a_page_and_machines_a_document():
    page = Client().get("/no-such-page/", headers={"accept": "text/html"})
    assert (page.status_code, page["Content-Type"]) == (404, "text/html; charset=utf-8")
    document = Client().get("/no-such-page/", headers={"accept": "application/json"})
    assert document["Content-Type"] == "application/problem+json"


@pytest.mark.django_db
def test_a_wrong_method_or_host_is_a_problem_document():
    wrong = Client().post("/ogc/collections")
    assert (wrong.status_code, wrong["Allow"]) == (405, "GET, HEAD")
    assert wrong["Content-Type"] == "application/problem+json"
    assert wrong.json()["title"] == "Method Not Allowed"
    foreign = Client(headers={"host": "evil.example"}).get("/ogc/collections")
    assert (foreign.status_code, foreign["Content-Type"]) == (400, "application/problem+json")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/ogc/collections/%00", 404),
        ("/layers/x/%00/", 404),
        ("/tiles/%00/1/0/0.mvt", 404),
        ("/api/v1/search/?q=a%00b", 400),
        ("/?q=%00", 400),
    ],
)
def test_a_nul_in_an_address_is_refused(path, status):
    assert Client().get(path).status_code == status


@pytest.mark.django_db
def test_a_real_portal_does_not_start_with_open_demo_accounts(settings):
    from geoportal.accounts.models import User
    from geoportal.demo.accounts import ACCOUNTS, PASSWORD
    from geoportal.demo.checks import check_demo_accounts

    settings.DEMO = False
    User.objects.create_user(ACCOUNTS[0].email, PASSWORD, is_superuser=True)
    (error,) = check_demo_accounts(None, databases=["default"])
    assert error.id == "geoportal.E002"
    call_command("demo_accounts", "--close")
    assert check_demo_accounts(None, databases=["default"]) == []
    assert not User.objects.get().is_superuser


def test_a_web_process_does_not_start_with_a_weak_secret(tmp_path):
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith("GEOPORTAL_")
    } | {"GEOPORTAL_DATA_DIR": str(tmp_path), "GEOPORTAL_DEMO": "0"}
    done = subprocess.run(
        [sys.executable, "-c", "import geoportal.wsgi"],
        capture_output=True,
        text=True,
        env=environment,
        timeout=60,
        check=False,
    )
    assert done.returncode != 0
    assert "geoportal.E001" in done.stderr
