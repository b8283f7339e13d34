"""`--dataset`, `--all-datasets`: which datasets of a file are imported, into which layers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _

from importers.errors import UnusableOption
from importers.formats.format import Dataset
from importers.formats.opening import inspect_file
from importers.stages.parts import build_part_title, propose_slugs
from layers.models import Layer


@dataclass(frozen=True)
class Chosen:
    """A dataset, by the name that chooses it, and the slug of the layer that it goes into."""

    dataset: str
    title: str
    slug: str


def add_dataset_options(parser: CommandParser) -> None:
    """Several datasets of one file or address, each into a layer of its own, or into `--layer`."""
    parser.add_argument(
        "--dataset",
        action="append",
        default=[],
        metavar="NAME[=SLUG]",
        help="a layer of the file, into a layer of its own or into --layer; can be repeated",
    )
    parser.add_argument(
        "--all-datasets",
        action="store_true",
        help="every layer of the file that has rows and places, as --dataset",
    )


def names_several(options: Mapping[str, Any]) -> bool:
    """Of one file. Raises `UnusableOption` for options that contradict one another, or where
    nothing says the layer."""
    named, everything = options["dataset"], options["all_datasets"]
    if named and (everything or options["source_layer"]):
        raise UnusableOption(_("Say --dataset, --all-datasets or --source-layer, not two of them."))
    several = everything or len(named) > 1 or bool(named and not options["layer"])
    if several and (options["source_layer"] or options["title"]):
        raise UnusableOption(
            _("--title is for one dataset; of several each has a slug of its own: NAME=SLUG.")
        )
    if not several and not options["layer"]:
        raise UnusableOption(_("Say with --layer which layer the file goes into."))
    return several


def choose_datasets(options: Mapping[str, Any]) -> list[Chosen]:
    """In the order of the file. Raises `UnusableFile`, `UnusableOption`."""
    path = Path(options["file"])
    return choose(options, path.name, [one.dataset for one in inspect_file(path).datasets])


def choose(options: Mapping[str, Any], name: str, found: Sequence[Dataset]) -> list[Chosen]:
    """`name`: of the file. Raises `UnusableOption`, also where two would go into a layer that
    does not stand yet, or that each of them would replace."""
    slugs = propose_slugs(name, [one.title for one in found])
    if options["all_datasets"]:
        wanted = {one.name: "" for one in found if has_features(one)}
        wanted = wanted or {one.name: "" for one in found}
    else:
        wanted = read_named(options["dataset"], [one.name for one in found])
    chosen = [
        Chosen(
            one.name, build_part_title(name, one.title), find_slug(options, wanted[one.name], slug)
        )
        for one, slug in zip(found, slugs, strict=True)
        if one.name in wanted
    ]
    for place, one in enumerate(chosen):
        together = one.slug in {other.slug for other in chosen[:place]}
        merged = options["mode"] == "merge" and Layer.objects.filter(slug=one.slug).exists()
        if together and not merged:
            raise UnusableOption(
                _(
                    "Several datasets go into one layer only where it stands already and none"
                    " replaces what it holds; “%(slug)s” is named twice."
                )
                % {"slug": one.slug}
            )
    return chosen


def find_slug(options: Mapping[str, Any], named: str, proposed: str) -> str:
    """`--layer` takes all that have no slug of their own."""
    return named or str(options["layer"]) or proposed


def has_features(dataset: Dataset) -> bool:
    """As far as the file tells without being read."""
    return dataset.geometry != "" and dataset.rows != 0


def read_named(texts: Sequence[str], known: Sequence[str]) -> dict[str, str]:
    """Slug by name, "" for the proposed one; a name may hold `=` itself."""
    named: dict[str, str] = {}
    for text in texts:
        name, _equals, slug = (text, "", "") if text in known else text.rpartition("=")
        if name not in known:
            raise UnusableOption(
                _("There is no layer “%(name)s” in the file; it holds: %(names)s.")
                % {"name": name or text, "names": ", ".join(known)}
            )
        named[name] = slug
    return named
