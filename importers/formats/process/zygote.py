"""`python -m importers.formats.process.zygote`: has every library that reads, forks for each file.

Starting an interpreter with them takes half a second, a fork some milliseconds. Standard input is
a socket on which each message brings the channel of one reading. It never opens a file itself,
knows no secret and no database, and ends with who started it or after a quiet time.
"""

import gc
import os
import signal
import socket
import traceback

from django.apps import apps
from django.conf import settings
from django.utils import translation

from importers.formats.gdal.drivers import restrict
from importers.formats.process.without_pandas import leave_out

IDLE_S = 300.0
MESSAGE_BYTES = 1


def main() -> None:
    configure()
    restrict()
    leave_out()
    from importers.formats.process.session import serve  # noqa: PLC0415 - needs settings

    gc.collect()
    gc.freeze()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    control = socket.socket(fileno=os.dup(0))
    control.settimeout(IDLE_S)
    while True:
        try:
            message, channels, _flags, _sender = socket.recv_fds(control, MESSAGE_BYTES, 1)
        except (TimeoutError, OSError):
            return
        if not message or not channels:
            return
        if os.fork() == 0:
            control.close()
            try:
                serve(socket.socket(fileno=channels[0]))
            except BaseException:  # noqa: BLE001 - the other side sees the channel end
                traceback.print_exc()
            finally:
                os._exit(0)
        os.close(channels[0])


def configure() -> None:
    """Only what words need; the environment that is given holds nothing else."""
    settings.configure(
        USE_I18N=True,
        LANGUAGE_CODE="en",
        LANGUAGES=[("uk", "Ukrainian"), ("en", "English")],
        LOCALE_PATHS=[os.environ["READING_LOCALE"]],
        INSTALLED_APPS=[],
        USE_TZ=True,
    )
    apps.populate(())  # what words wait for; `django.setup` would load pages and the database too
    for language, _title in settings.LANGUAGES:  # before the fork, once for all readings
        with translation.override(language):
            translation.gettext("")


if __name__ == "__main__":
    main()
