"""What a process of the portal loads before it has done anything."""

import subprocess
import sys

from django.conf import settings

# Each costs a second or tens of megabytes in every process, and only some requests need it.
HEAVY = {"pandas", "geopandas", "pyogrio", "osgeo", "fontTools", "rdflib", "matplotlib"}
LIST_LOADED = "import django, sys; django.setup(); import geoportal.urls; print(*sys.modules)"


def test_neither_django_nor_the_pages_load_pandas_or_geopandas_when_they_start():
    done = subprocess.run(
        [sys.executable, "-c", LIST_LOADED],
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=True,
    )
    assert HEAVY.isdisjoint(done.stdout.split())
