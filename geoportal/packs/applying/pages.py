"""Pages with what is known of the community filled into their texts."""

from collections.abc import Mapping
from dataclasses import replace

from geoportal.accounts.models import Organisation
from geoportal.core.errors import DomainError
from geoportal.packs.applying.run import Deed, Run
from geoportal.packs.entries import Entry
from geoportal.packs.page_marks import fill_marks
from geoportal.pages.facts import BLANKS, CommunityFacts
from geoportal.pages.models import Page
from geoportal.pages.services import create_page, rewrite_page
from geoportal.pages.specs import PageText, read_text

TEXTS = ("title_uk", "title_en", "body_uk", "body_en")


def apply_pages(run: Run, facts: Mapping[str, CommunityFacts]) -> None:
    phones = dict(Organisation.objects.values_list("slug", "phone"))
    standing = {page.slug: page for page in Page.objects.all()}
    last = max((page.position for page in standing.values()), default=-1)
    for entry in run.pack.list("pages"):
        slug = entry.text("slug")
        page = standing.get(slug)
        base = read_text(page) if page else PageText(title_uk="", position=last + 1)
        text = replace(base, **describe_page(entry, facts, phones))  # type: ignore[arg-type]
        last = max(last, text.position)
        try:
            _write(run, slug, page, text)
        except DomainError as error:
            run.refuse(entry, error)
    if run.prune:
        _unlink_others(run, standing)


def describe_page(
    entry: Entry, facts: Mapping[str, CommunityFacts], phones: Mapping[str, str]
) -> dict[str, object]:
    """Members of `PageText` that the pack names."""
    values = {key: value for key, value in entry.values.items() if key != "slug"}
    for key in TEXTS:
        if key in values:
            language = key[-2:]
            blank = BLANKS[language].phone
            values[key] = fill_marks(entry.text(key), facts[language], phones, blank)
    return values


def _write(run: Run, slug: str, page: Page | None, text: PageText) -> None:
    if page is None:
        create_page(slug=slug, text=text)
        run.tell("pages", slug, Deed.MADE)
    elif read_text(page) != text:
        before = vars(read_text(page))
        rewrite_page(slug=slug, text=text)
        changed = [name for name, value in vars(text).items() if before[name] != value]
        run.tell("pages", slug, Deed.CHANGED, *changed)


def _unlink_others(run: Run, standing: Mapping[str, Page]) -> None:
    """Nothing leads to a page that the pack does not name; its versions stay."""
    for slug in standing.keys() - run.pack.by_code("pages").keys():
        text = read_text(standing[slug])
        if text.in_menu or text.in_footer:
            rewrite_page(slug=slug, text=replace(text, in_menu=False, in_footer=False))
            run.tell("pages", slug, Deed.REMOVED)
