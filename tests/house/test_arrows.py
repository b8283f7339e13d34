"""Packages look one way in templates, static files and JavaScript too."""

import pytest

from tests.house.arrows import Sources, list_packages, parse_table, read_sources, read_table

TEMPLATES, STATIC = "site.web.templates.web", "site.web.static.web"
TABLE = parse_table(["site.web | site.desk", "site.maps", "site.looks : site.words"])


def test_templates_tags_static_files_and_modules_look_one_way():
    table = read_table()
    arrows = list(read_sources().list_arrows())
    assert len(arrows) > 700, "the reader has gone blind"
    lost, wrong = [], []
    for arrow in arrows:
        source = table.package_of(arrow.source.replace("/", "."))
        assert source is not None, f"{arrow.source} belongs to no package of the table"
        if arrow.target is None:
            lost.append(str(arrow))
        elif (target := table.package_of(arrow.target)) and not table.may_look(source, target):
            wrong.append(str(arrow))
    assert not lost, "\n".join(lost)
    assert not wrong, "\n".join(wrong)


def test_every_package_has_its_place_in_the_table():
    placed = read_table().levels
    assert [package for package in list_packages() if package not in placed] == []


@pytest.mark.parametrize(
    ("path", "text", "seen"),
    [
        (
            "site/looks/templates/base.html",
            '{% include "web/menu.html" %}',
            TEMPLATES,
        ),
        (
            "site/looks/templates/base.html",
            "{% extends 'web/menu.html' %}",
            TEMPLATES,
        ),
        ("site/looks/templates/base.html", "{% load i18n menus %}", "site.web.templatetags.menus"),
        ("site/looks/templates/base.html", '{% static "web/a.css" %}', STATIC),
        ("site/looks/templates/base.html", '{% module "web/a.mjs" %}', STATIC),
        ("site/looks/templates/base.html", '{% module_later "web/a.mjs" %}', STATIC),
        ("site/looks/page.py", 'render(request, "web/menu.html")', TEMPLATES),
        ("site/looks/page.py", 'static("web/a.css")', STATIC),
        ("site/looks/static/looks/b.css", '@import url("../web/a.css");', STATIC),
        ("site/looks/static/looks/b.css", '@import "../web/a.css";', STATIC),
        (
            "site/looks/static/looks/b.mjs",
            'import { a } from "../web/a.mjs";',
            STATIC,
        ),
        ("site/looks/static/looks/b.mjs", 'import "../web/a.mjs";', STATIC),
        ("site/looks/static/looks/b.mjs", 'await import("../web/a.mjs");', STATIC),
        ("site/looks/static/looks/b.mjs", 'export * from "../web/a.mjs";', STATIC),
        ("site/looks/static/looks/b.mjs", 'open("/static/web/a.mjs");', STATIC),
    ],
)
def test_an_arrow_to_a_package_above_is_seen_and_refused(path, text, seen):
    above = {
        "site/web/templates/web/menu.html": "",
        "site/web/static/web/a.css": "",
        "site/web/static/web/a.mjs": "",
    }
    libraries = {"i18n": "django.templatetags.i18n", "menus": "site.web.templatetags.menus"}
    arrows = list(Sources({**above, path: text}, libraries).list_arrows())
    assert [arrow.target for arrow in arrows][-1] == seen
    source, target = TABLE.package_of(path.replace("/", ".")), TABLE.package_of(seen)
    assert (source, target) == ("site.looks", "site.web")
    assert not TABLE.may_look(source, target)
    assert TABLE.may_look(target, source)


def test_who_stands_side_by_side_looks_at_nobody_beside_but_where_the_table_allows_it():
    assert not TABLE.may_look("site.web", "site.desk")
    assert TABLE.may_look("site.looks", "site.words")


def test_what_is_not_there_leads_nowhere():
    texts = {
        "site/web/templates/web/a.html": '{% include "web/gone.html" %}{% load gone %}',
        "site/web/static/web/a.mjs": '// import "./left_out.mjs";\nimport "./gone.mjs";',
    }
    assert [arrow.target for arrow in Sources(texts).list_arrows()] == [None, None, None]
