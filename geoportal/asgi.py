"""How the program of streams starts: `granian --interface asgi geoportal.asgi:application`.

Pages are answered by `geoportal.wsgi`; here is only what stays open, `/tiles/changes`.
"""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "geoportal.settings")
django.setup()

from tiles.live.streams import Streams  # noqa: E402  after the set-up

application = Streams()
