"""Parts of a file as a form, and the form that came back as where each of them goes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.http import QueryDict

from importers.models import Import
from importers.stages.dividing import PartAim
from importers.stages.parts import Part
from importers.stages.selectors import list_questions


@dataclass(frozen=True)
class PartShown:
    """A part with what its form says: `into` is the slug of a layer, "" a new one."""

    part: Part
    chosen: bool
    into: str
    slug: str
    title: str
    error: str = ""


def show_parts(
    parts: Sequence[Part],
    form: QueryDict | None = None,
    errors: Mapping[str, Sequence[str]] | None = None,
) -> list[PartShown]:
    if form is None:
        return [PartShown(one, one.chosen, one.layer, one.slug, one.title) for one in parts]
    ticked = form.getlist("part")
    return [
        PartShown(
            part=one,
            chosen=one.dataset in ticked,
            into=form.get(f"into-{place}", ""),
            slug=form.get(f"slug-{place}", ""),
            title=form.get(f"title-{place}", ""),
            error=" ".join((errors or {}).get(one.dataset, ())),
        )
        for place, one in enumerate(parts, 1)
    ]


def read_aims(parts: Sequence[Part], form: QueryDict) -> list[PartAim]:
    """Of those that were ticked, in the order of the file."""
    return [
        PartAim(
            dataset=each.part.dataset,
            slug=each.into or each.slug.strip() or each.part.slug,
            creates=not each.into,
            title=each.title.strip(),
        )
        for each in show_parts(parts, form)
        if each.chosen
    ]


def must_choose(import_: Import) -> bool:
    """Nothing else can be asked before somebody has said which part of the file is meant."""
    return any(
        each["code"] == "dataset" and each["required"] and "answer" not in each
        for each in list_questions(import_)
    )
