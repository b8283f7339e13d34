"""One pack builds on another: what it names counts, the rest is inherited, some is left out."""

from geoportal.packs.extending import load_pack
from geoportal.packs.findings import Findings
from layers.models import Layer

BASE = {
    "community.toml": 'format = 1\nname_uk = "Основа"\nshort_name_uk = "Основа"\n'
    '[[emergency_number]]\nnumber = "112"\ntitle_uk = "допомога"\n',
    "themes.toml": """
        [[theme]]
        slug = "a"
        title_uk = "А"
        icon = "leaf"
        [[theme]]
        slug = "b"
        title_uk = "Б"
        """,
    "categories.toml": """
        [[category]]
        code = "street"
        title_uk = "Вулиця"
        [[category]]
        code = "hole"
        parent = "street"
        title_uk = "Яма"
        [[category.question]]
        code = "size"
        title_uk = "Розмір?"
        [[category.question]]
        code = "depth"
        title_uk = "Глибина?"
        """,
    "layers/trees.toml": """
        title_uk = "Дерева"
        key_field = "uid"
        style = "trees.json"
        [[field]]
        name = "uid"
        [[field]]
        name = "species"
        title_uk = "Порода"
        """,
    "layers/trees.json": '{"legend": [{"color": "#4f8a3c"}]}',
    "pages/rules.uk.md": "# Правила\n\nОснови.\n",
    "pages/rules.en.md": "# Rules\n\nOf the base.\n",
}
OVER = {
    "community.toml": """
        format = 1
        extends = "../base"
        short_name_uk = "Місто"
        [without]
        themes = ["a"]
        """,
    "themes.toml": '[[theme]]\nslug = "c"\ntitle_uk = "В"\n[[theme]]\nslug = "b"\nicon = "map"\n',
    "categories.toml": """
        [[category]]
        code = "hole"
        title_uk = "Вибоїна"
        without_questions = ["depth"]
        [[category.question]]
        code = "photo"
        title_uk = "Чи є фото?"
        """,
    "layers/trees.toml": """
        min_zoom = 12
        [source]
        file = "mine.geojson"
        [[field]]
        name = "height"
        type = "number"
        [[field]]
        name = "species"
        required = true
        """,
    "layers/mine.geojson": '{"type": "FeatureCollection", "features": []}',
    "pages/rules.uk.md": "# Правила міста\n\nСвої.\n",
}


def load(write_folder, over: dict[str, str] | None = None):
    findings = Findings()
    write_folder(BASE, "base")
    pack = load_pack(write_folder(OVER | (over or {}), "over"), findings)
    return pack, [str(finding) for finding in findings.errors]


def test_things_with_one_code_are_merged_key_by_key(write_folder):
    pack, errors = load(write_folder)
    assert errors == []
    community = pack.community
    assert (community.text("name_uk"), community.text("short_name_uk")) == ("Основа", "Місто")
    assert len(community.children["emergency_number"]) == 1
    hole = pack.by_code("categories")["hole"]
    assert (hole.text("title_uk"), hole.text("parent")) == ("Вибоїна", "street")
    assert [each.text("code") for each in hole.children["question"]] == ["size", "photo"]


def test_things_of_the_base_come_first_and_some_are_left_out(write_folder):
    pack, _errors = load(write_folder)
    themes = [(each.text("slug"), each.text("title_uk"), each.text("icon"))
              for each in pack.list("themes")]  # fmt: skip
    assert themes == [("b", "Б", "map"), ("c", "В", "")]
    assert [each.values["position"] for each in pack.list("themes")] == [0, 1]


def test_fields_are_merged_by_name_and_files_are_found_where_they_are_named(write_folder):
    pack, _errors = load(write_folder)
    trees = pack.by_code("layers")["trees"]
    fields = {each.text("name"): each.values for each in trees.children["field"]}
    assert list(fields) == ["uid", "species", "height"]
    assert fields["species"] == {"name": "species", "title_uk": "Порода", "required": True}
    assert trees.values["source.file"].parent.parent.name == "over"
    assert trees.values["style"]["legend"]
    assert trees.values["min_zoom"] == 12


def test_a_page_is_replaced_language_by_language(write_folder):
    pack, _errors = load(write_folder)
    rules = pack.by_code("pages")["rules"]
    assert (rules.text("title_uk"), rules.text("title_en")) == ("Правила міста", "Rules")


def test_what_is_left_out_must_be_there(write_folder):
    _pack, errors = load(write_folder, {"community.toml": """
        format = 1
        extends = "../base"
        [without]
        themes = ["d"]
        layers = ["tree"]
        """})  # fmt: skip
    assert errors == [
        "over/community.toml:5: У пакеті, який доповнено, немає «d».",
        "over/community.toml:6: У пакеті, який доповнено, немає «tree». Можливо, «trees»?",
    ]


def test_a_pack_that_is_not_there_or_extends_itself_is_told(write_folder):
    _pack, errors = load(write_folder, {"community.toml": 'format = 1\nextends = "atlantis"\n'})
    assert "over/community.toml:2: Немає пакета «atlantis»; разом із порталом є:" in errors[0]
    _pack, errors = load(write_folder, {"community.toml": 'format = 1\nextends = "../over"\n'})
    assert errors == ["over/community.toml:2: Пакети доповнюють один одного по колу."]


def test_three_packs_in_a_row_keep_what_each_leaves_out(write_folder):
    load(write_folder)
    findings = Findings()
    top = write_folder(
        {"community.toml": 'format = 1\nextends = "../over"\n[without]\nthemes = ["c"]\n'}, "top"
    )
    pack = load_pack(top, findings)
    assert findings.errors == []
    assert [each.text("slug") for each in pack.list("themes")] == ["b"]


def test_a_layer_of_the_base_becomes_public_with_its_first_file(write_folder, write_pack, db):
    from geoportal.packs.applying.whole import apply_pack

    apply_pack(write_folder(BASE, "base"))
    assert Layer.objects.get(slug="trees").visibility == "staff"
    feature = (
        '{"type": "Feature", "geometry": {"type": "Point", "coordinates": [27, 50]},'
        ' "properties": {"uid": "1", "species": "дуб"}}'
    )
    data = f'{{"type": "FeatureCollection", "features": [{feature}]}}'
    over = OVER | {"layers/mine.geojson": data, "themes.toml": "", "community.toml": """
        format = 1
        extends = "../base"
        """}  # fmt: skip
    apply_pack(write_folder(over, "over"))
    trees = Layer.objects.get(slug="trees")
    assert (trees.visibility, trees.features.count()) == ("public", 1)
