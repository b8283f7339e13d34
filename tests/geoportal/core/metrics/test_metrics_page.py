"""`/metrics` is for monitoring, and no stranger finds it."""

import pytest
from django.test import Client

from geoportal.core.checks import check_metrics_networks
from geoportal.core.metrics import exposition
from geoportal.core.metrics.exposition import Family, Sample, build_histogram, expose

pytestmark = pytest.mark.django_db


@pytest.fixture
def counted(monkeypatch):
    monkeypatch.setattr(exposition, "_sources", {})
    samples = [Sample({"kind": 'a "b"\\\nc'}, 3.0), Sample({"kind": "d"}, 0.25)]
    histogram = list(build_histogram({"of": "x"}, (0.5, 1.0), (2, 0, 1), 7.5))
    expose(
        "things",
        lambda: [
            Family("things_total", "counter", "Things.", samples),
            Family("waits_seconds", "histogram", "Waits.", histogram),
        ],
    )


def test_numbers_are_written_as_prometheus_reads_them(counted):
    response = Client().get("/metrics")
    assert response.status_code == 200
    assert response["Content-Type"] == "text/plain; version=0.0.4; charset=utf-8"
    assert "no-store" in response["Cache-Control"]
    assert response.content.decode().splitlines() == [
        "# HELP things_total Things.",
        "# TYPE things_total counter",
        'things_total{kind="a \\"b\\"\\\\\\nc"} 3',
        'things_total{kind="d"} 0.25',
        "# HELP waits_seconds Waits.",
        "# TYPE waits_seconds histogram",
        'waits_seconds_bucket{of="x",le="0.5"} 2',
        'waits_seconds_bucket{of="x",le="1.0"} 2',
        'waits_seconds_bucket{of="x",le="+Inf"} 3',
        'waits_seconds_sum{of="x"} 7.5',
        'waits_seconds_count{of="x"} 3',
    ]


HERE, STRANGER = "127.0.0.1", "198.51.100.7"
ASKING = [
    ({"REMOTE_ADDR": HERE}, 200),
    ({"REMOTE_ADDR": "::1"}, 200),
    ({"REMOTE_ADDR": "::ffff:127.0.0.1"}, 200),
    ({"REMOTE_ADDR": "10.1.2.3"}, 200),
    ({"REMOTE_ADDR": HERE, "HTTP_X_FORWARDED_FOR": HERE}, 200),
    ({"REMOTE_ADDR": HERE, "HTTP_X_FORWARDED_FOR": "10.1.2.3, 127.0.0.1"}, 200),
    ({"REMOTE_ADDR": STRANGER}, 404),
    ({"REMOTE_ADDR": "10.1.3.3"}, 404),
    ({"REMOTE_ADDR": ""}, 404),
    # Through a proxy on this machine, and by headers of his own.
    ({"REMOTE_ADDR": HERE, "HTTP_X_FORWARDED_FOR": STRANGER}, 404),
    ({"REMOTE_ADDR": HERE, "HTTP_X_FORWARDED_FOR": f"127.0.0.1, {STRANGER}"}, 404),
    ({"REMOTE_ADDR": HERE, "HTTP_X_REAL_IP": STRANGER}, 404),
    ({"REMOTE_ADDR": HERE, "HTTP_FORWARDED": f"for={STRANGER}"}, 404),
    ({"REMOTE_ADDR": STRANGER, "HTTP_X_FORWARDED_FOR": HERE}, 404),
]


def test_only_monitoring_of_named_networks_reads_them(settings):
    settings.METRICS_NETWORKS = ["127.0.0.0/8", "::1", "10.1.2.0/24"]
    for way, status in ASKING:
        assert Client().get("/metrics", **way).status_code == status, way


def test_what_is_no_network_stops_the_start(settings):
    assert check_metrics_networks(None) == []
    settings.METRICS_NETWORKS = ["127.0.0.1", "rada.example"]
    (error,) = check_metrics_networks(None)
    assert (error.id, "rada.example" in error.msg) == ("geoportal.E005", True)
