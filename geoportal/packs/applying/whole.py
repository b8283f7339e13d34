"""A checked pack written in one transaction, or not at all."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from geoportal.packs.applying.categories import (
    apply_categories,
    apply_templates,
    prune_categories,
)
from geoportal.packs.applying.community import apply_community, build_facts
from geoportal.packs.applying.kinds import apply_kinds, prune_kinds
from geoportal.packs.applying.layers import apply_layers, prune_layers
from geoportal.packs.applying.organisations import (
    apply_organisations,
    apply_people,
    prune_organisations,
)
from geoportal.packs.applying.pages import apply_pages
from geoportal.packs.applying.responsibilities import apply_oversight, apply_responsibilities
from geoportal.packs.applying.run import Change, Run
from geoportal.packs.applying.themes import apply_themes, prune_themes
from geoportal.packs.checking.everything import check_pack
from geoportal.packs.findings import Finding
from geoportal.packs.page_marks import remark_blanks


@dataclass(frozen=True)
class Applied:
    """What has changed, or, of a dry run, what would; and what the pack's owner should know."""

    difference: tuple[Change, ...]
    remarks: tuple[Finding, ...]


def build_invitation_link(token: str) -> str:
    return f"{settings.SITE_URL}{reverse('web:invitation', args=[token])}"


def apply_pack(
    root: Path,
    *,
    prune: bool = False,
    dry_run: bool = False,
    on_change: Callable[[Change], None] = lambda change: None,
) -> Applied:
    """Check the folder, then write all of it, or of a dry run write it and take it back.

    Raises `PackRefused` with every finding, and then nothing has changed. `on_change` hears of
    each thing as it is written.
    """
    pack, findings = check_pack(root)
    findings.require_none()
    run = Run(pack, findings, prune, build_invitation_link, on_change)
    with transaction.atomic():
        write_parts(run)
        findings.require_none()
        if dry_run:
            transaction.set_rollback(True)
    return Applied(tuple(run.difference), tuple(findings.remarks))


def write_parts(run: Run) -> None:
    """Each part after those that it refers to; what goes, goes in the opposite order."""
    community = apply_community(run)
    apply_themes(run)
    apply_organisations(run)
    apply_layers(run, community.katottg)
    apply_kinds(run)
    apply_categories(run)
    apply_templates(run)
    apply_responsibilities(run)
    apply_oversight(run)
    apply_people(run)
    facts = build_facts(community)
    apply_pages(run, facts)
    remark_blanks(run.pack.list("pages"), facts, run.findings)
    prune_categories(run)
    prune_kinds(run)
    prune_layers(run)
    prune_organisations(run)
    prune_themes(run)
