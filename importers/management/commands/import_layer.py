"""`manage.py import_layer FILE --layer SLUG`: a file into a layer, from the shell."""

import json
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from psycopg2.errors import QueryCanceled

from geoportal.core.checks import SETTINGS
from geoportal.core.errors import DomainError
from geoportal.core.http.problem_details import build_problem
from importers.formats.process.client import zygote
from importers.formats.process.without_pandas import leave_out
from importers.formats.registry import list_titles
from importers.management.datasets import Chosen, choose_datasets, names_several
from importers.management.fetching import (
    ShellFetch,
    choose_remote_datasets,
    fetch_one,
    fetch_where_needed,
    render_datasets,
)
from importers.management.import_options import (
    add_check_options,
    add_doing_options,
    add_file_options,
    add_layer_options,
    build_request,
    render_flag,
)
from importers.models import ImportGroup
from importers.remote.address import is_address
from importers.remote.client import Client
from importers.remote.discovery import discover
from importers.remote.errors import RemoteFailure, UnusableAddress
from importers.reports.brakes import render_brakes
from importers.reports.report import build_report, render_report
from importers.request import ImportRequest, Progress
from importers.stages.at_once import import_at_once

UNUSABLE = 2
INTERRUPTED = 130
LINE_EVERY_S = 5.0
DRAW_EVERY_S = 0.1


class Command(BaseCommand):
    help = (
        f"Import a file ({list_titles()}; also zipped) into a layer as one changeset, or several"
        " datasets of it, each into a layer of its own or all into one that stands."
        " Exit code 0: done; 2: the file or the options cannot be used, or something must be said"
        " yes to first; nothing was changed."
    )
    # All others load every page and its libraries: a second and 80 MB for nothing.
    requires_system_checks = (SETTINGS,)

    def run_from_argv(self, argv: list[str]) -> None:
        """From a shell the process is ours alone, unlike under `call_command`."""
        leave_out()
        zygote.start_early()  # loads its libraries while this process does
        super().run_from_argv(argv)

    def add_arguments(self, parser: CommandParser) -> None:
        add_file_options(parser)
        add_check_options(parser)
        add_layer_options(parser)
        add_doing_options(parser)

    def handle(self, *args: object, **options: Any) -> None:
        progress = ProgressLine(self.stderr)
        try:
            if names_several(options):
                self.import_several(options, progress)
                return
            with fetch_where_needed(options, progress.show) as given:
                result = import_at_once(build_request(given), progress.show)
                if "fetched" in given:
                    given["fetched"].remember(result)
        except DomainError as error:
            progress.end()
            self.refuse(options, error.slug, error.status, str(error.message), error.extra)
            raise SystemExit(UNUSABLE) from error
        except (KeyboardInterrupt, QueryCanceled):  # Ctrl-C inside COPY comes as the latter
            progress.end()
            words = _("Interrupted; nothing was changed.")
            if options["dataset"] or options["all_datasets"]:
                words = _("Interrupted; datasets that were imported before stay so.")
            self.refuse(options, "interrupted", INTERRUPTED, words, {})
            raise SystemExit(INTERRUPTED) from None
        progress.end()
        if options["json"]:
            self.stdout.write(json.dumps(build_report(result), ensure_ascii=False))
        else:
            self.stdout.write(render_report(result))

    def import_several(self, options: dict[str, Any], progress: "ProgressLine") -> None:
        """Each by itself: one that is refused stops no other. Exits with 2 where one was."""
        if is_address(str(options["file"])):
            told = self.import_several_remote(options, progress)
        else:
            chosen = choose_datasets(options)
            common = build_request(options | {"layer": chosen[0].slug})
            group = make_group(options, chosen, common.source_name)
            told = [
                self.import_one(direct(common, one, group), options, progress) for one in chosen
            ]
        refused = sum("problem" in one for one in told)
        if options["json"]:
            self.stdout.write(json.dumps({"datasets": told}, ensure_ascii=False, default=str))
        else:
            done = {"done": len(told) - refused, "all": len(told)}
            self.stdout.write(_("Imported %(done)s of %(all)s datasets.") % done)
        if refused:
            raise SystemExit(UNUSABLE)

    def import_several_remote(
        self, options: dict[str, Any], progress: "ProgressLine"
    ) -> list[dict[str, object]]:
        """The address is looked at once; each dataset is fetched when its turn comes."""
        client = Client()
        found = discover(client, str(options["file"]))
        chosen = choose_remote_datasets(options, found)
        group = make_group(options, chosen, found.title)
        told = []
        for one in chosen:
            try:
                with fetch_one(options, client, found, one.dataset, progress.show) as given:
                    request = build_request(given | {"layer": one.slug})
                    request = direct(request, replace(one, dataset=""), group)
                    done = self.import_one(request, options, progress, given["fetched"])
            except (RemoteFailure, UnusableAddress) as error:
                done = self.tell_refusal(error)
                progress.end()
                if not options["json"]:
                    self.stdout.write(f"{one.title} → {one.slug}\n{error.message}\n")
            told.append(done | {"dataset": one.dataset, "layer": one.slug})
        return told

    def tell_refusal(self, error: DomainError) -> dict[str, object]:
        problem = build_problem(error.status, error.slug, str(error.message), **error.extra)
        return {"problem": problem}

    def import_one(
        self,
        request: ImportRequest,
        options: Mapping[str, Any],
        progress: "ProgressLine",
        fetched: ShellFetch | None = None,
    ) -> dict[str, object]:
        """What came of it, for machines; told at once, but with `--json`."""
        told: dict[str, object] = {"dataset": request.reading.source_layer, "layer": request.layer}
        try:
            result = import_at_once(request, progress.show)
        except DomainError as error:
            told |= self.tell_refusal(error)
            words = "\n".join([str(error.message), *render_brakes(error.extra)])
        else:
            if fetched is not None:
                fetched.remember(result)
            told["report"] = build_report(result)
            words = render_report(result)
        progress.end()
        if not options["json"]:
            self.stdout.write(f"{request.part} → {request.layer}\n{words}\n")
        return told

    def refuse(
        self,
        options: Mapping[str, Any],
        slug: str,
        status: int,
        words: str,
        extra: Mapping[str, object],
    ) -> None:
        """One sentence; with `--json` the same document that HTTP would answer with."""
        if not options["json"]:
            flags = render_flag(words, extra)
            lines = [words, *flags, *render_brakes(extra), *render_datasets(extra)]
            self.stderr.write("\n".join(lines))
            return
        problem = build_problem(status, slug, words, **extra)
        self.stdout.write(json.dumps(problem, ensure_ascii=False, default=str))


TITLES = {
    "fetching": gettext_lazy("Fetching"),
    "reading": gettext_lazy("Reading"),
    "loading": gettext_lazy("Loading"),
}


def make_group(
    options: Mapping[str, Any], chosen: Sequence[Chosen], name: str
) -> ImportGroup | None:
    """What the pages show together; `None` for one alone and for a trial run."""
    if len(chosen) < 2 or options["dry_run"]:
        return None
    return ImportGroup.objects.create(name=name[-254:])


def direct(common: ImportRequest, chosen: Chosen, group: ImportGroup | None) -> ImportRequest:
    """The request for one dataset of several."""
    new = common.new_layer
    return replace(
        common,
        layer=chosen.slug,
        new_layer=replace(new, title=chosen.title) if new else None,
        reading=replace(common.reading, source_layer=chosen.dataset),
        part=chosen.title,
        group=group,
    )


class ProgressLine:
    """One line that is drawn anew on a terminal; a line now and then elsewhere."""

    def __init__(self, stream: Any) -> None:
        self._stream = stream
        self._terminal = sys.stderr.isatty()
        self._drawn = False
        self._last = time.monotonic()

    def show(self, progress: Progress) -> None:
        now = time.monotonic()
        if now - self._last < (DRAW_EVERY_S if self._terminal else LINE_EVERY_S):
            return
        self._last = now
        title = str(TITLES[progress.stage])
        share = f" ({progress.rows / progress.total:.0%})" if progress.total else ""
        text = f"{title}: {progress.rows}{share}"
        if self._terminal:
            self._stream.write(f"\r\x1b[K{text}", str, ending="")
            self._stream.flush()
            self._drawn = True
        else:
            self._stream.write(text, str)

    def end(self) -> None:
        if self._drawn:
            self._stream.write("\r\x1b[K", str, ending="")
            self._drawn = False
