"""How a web process starts: granian and any other WSGI server call `application`."""

import os

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.wsgi import get_wsgi_application

from geoportal.core.http.slow_clients import SlowClients

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "geoportal.settings")

application = SlowClients(
    get_wsgi_application(),
    threads=settings.WEB_THREADS,
    body_bytes_max=settings.REQUEST_BYTES_MAX,
)

from geoportal.core.checks import check_metrics_networks, check_secret_key  # noqa: E402  after the set-up
from geoportal.demo.checks import check_demo_accounts  # noqa: E402

for check in (check_secret_key, check_metrics_networks, check_demo_accounts):
    for problem in check(None, databases=["default"]):
        raise ImproperlyConfigured(f"{problem.id}: {problem.msg} {problem.hint}")
