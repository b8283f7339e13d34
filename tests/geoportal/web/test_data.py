"""The catalogue of open data."""


def test_public_layers_stand_by_theme_with_their_formats(reader, halls, make_layer):
    make_layer("trees")
    page = reader.get("/data/")
    assert page.index("Дозвілля") < page.index("Клуби") < page.index("Інше") < page.index("Дерева")
    assert 'href="/data/halls.gpkg"' in page
    assert "2 набори даних" in page


def test_words_are_found_in_titles_descriptions_and_keywords_whatever_the_case(
    reader, halls, make_layer
):
    make_layer("trees")
    for query in ("КЛУБ", "мешканці", "дозвілля", "halls", "де збирaються"):  # a Latin a
        text = reader.read(f"/data/?q={query}")
        assert "Клуби" in text, query
        assert "Дерева" not in text, query


def test_nothing_found_says_what_to_do(reader, halls):
    text = reader.read("/data/?q=щщщ")
    assert "Жоден набір даних не має «щщщ»" in text
    assert "показати всі" in text


def test_layers_of_staff_are_no_open_data_even_for_staff(client, reader, make_layer, officer):
    make_layer("plans", visibility="staff", title_uk="Задуми")
    client.force_login(officer)
    assert "Задуми" not in reader.read("/data/")


def test_dataset_is_the_page_of_its_layer(client, halls):
    response = client.get("/data/halls/")
    assert response.status_code == 302
    assert response.headers["Location"] == "/layers/halls/#downloads"
