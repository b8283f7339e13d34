"""Waste and cleaning, green plantings, animals."""

from geoportal.demo.problems.categories.describing import (
    NUMBER,
    TEXT,
    InventedCategory,
    Question,
    choose_one,
    choose_some,
    group,
    yes_or_no,
)

WASTE = group("waste", "Сміття і прибирання", "Waste and cleaning", "trash-2", (
    InventedCategory(
        code="waste-overflow", parent="waste", icon="trash-2",
        title_uk="Переповнені контейнери", title_en="Overflowing containers",
        keywords=("контейнер", "бак", "не вивезли", "сміття", "переповнений"),
        acceptance_working_days=1, solution_days=3,
        questions=(Question("count", "Скільки контейнерів переповнено?",
                            "How many containers are full?", NUMBER),),
    ),
    InventedCategory(
        code="waste-dump", parent="waste", icon="trash",
        title_uk="Стихійне сміттєзвалище", title_en="Illegal dump",
        keywords=("звалище", "сміттєзвалище", "купа сміття", "ліс", "яр"),
        acceptance_working_days=3, solution_days=30,
        questions=(
            choose_some("kinds", "Що там лежить?", "What lies there?",
                        ("household", "побутові відходи", "household waste"),
                        ("building", "будівельне сміття", "rubble"),
                        ("tyres", "шини", "tyres"),
                        ("hazard", "небезпечні відходи", "hazardous waste")),
            yes_or_no("truck", "Чи під’їде туди вантажівка?", "Can a lorry get there?"),
        ),
    ),
    InventedCategory(
        code="waste-litter", parent="waste", icon="broom",
        title_uk="Сміття на вулиці, урни", title_en="Litter and bins",
        keywords=("урна", "прибирання", "підмести", "листя", "бруд", "недопалки"),
        solution_days=7,
    ),
    InventedCategory(
        code="waste-bulky", parent="waste", icon="sofa",
        title_uk="Великі й будівельні відходи", title_en="Bulky waste and rubble",
        keywords=("меблі", "диван", "гілки", "будівельне сміття", "великогабарит"),
        solution_days=14,
    ),
    InventedCategory(
        code="waste-sorting", parent="waste", icon="recycle",
        title_uk="Сортування відходів", title_en="Sorting of waste",
        keywords=("пластик", "скло", "папір", "батарейки", "сортування", "сітка"),
        solution_days=45,
    ),
    InventedCategory(
        code="waste-burning", parent="waste", icon="flame-kindling",
        title_uk="Спалювання листя і сміття", title_en="Burning of leaves and waste",
        keywords=("дим", "палять листя", "палять траву", "спалювання", "сморід"),
        hint_uk="Бачите відкритий вогонь? Телефонуйте 101.",
        hint_en="Do you see open fire? Call 101.",
        hint_is_emergency=True, acceptance_working_days=1, solution_days=7,
    ),
))  # fmt: skip

GREEN = group("green", "Зелені насадження", "Green plantings", "trees", (
    InventedCategory(
        code="green-danger", parent="green", icon="tree-deciduous",
        title_uk="Аварійне дерево", title_en="Dangerous tree",
        keywords=("дерево", "впало", "сухе", "гілка", "нахилилося", "аварійне"),
        hint_uk="Дерево лежить на дротах або на авто? Телефонуйте 101 або 112.",
        hint_en="A tree lies on wires or on a car? Call 101 or 112.",
        hint_is_emergency=True, acceptance_working_days=1, solution_days=7,
        questions=(
            choose_one("state", "Що з деревом?", "What is wrong with it?",
                       ("fallen", "упало", "it has fallen"),
                       ("leaning", "нахилилося", "it leans"),
                       ("dry", "сухе або трухляве", "it is dry or rotten"),
                       ("branch", "зламана гілка", "a branch is broken"), required=True),
        ),
    ),
    InventedCategory(
        code="green-pruning", parent="green", icon="scissors",
        title_uk="Обрізати дерева чи кущі", title_en="Prune trees or bushes",
        keywords=("обрізати", "гілки", "кущі", "крона", "закриває світло"),
        hint_uk="Кронують дерева з жовтня по березень, поки вони сплять.",
        hint_en="Trees are pruned from October to March, while they sleep.",
        solution_days=120,
    ),
    InventedCategory(
        code="green-planting", parent="green", icon="sprout",
        title_uk="Висадити дерево", title_en="Plant a tree",
        keywords=("посадити", "висадити", "саджанці", "алея", "озеленення", "тінь"),
        acceptance_working_days=3, solution_days=180,
        questions=(
            Question("species", "Яке дерево ви пропонуєте?", "Which tree do you propose?", TEXT),
        ),
    ),
    InventedCategory(
        code="green-grass", parent="green", icon="leaf",
        title_uk="Трава, амброзія, борщівник", title_en="Grass and weeds",
        keywords=("трава", "покосити", "амброзія", "борщівник", "бур’ян", "кліщі"),
        hint_uk="Борщівника не торкайтеся: його сік обпікає.",
        hint_en="Do not touch giant hogweed: its sap burns.",
        solution_days=14,
    ),
    InventedCategory(
        code="green-park", parent="green", icon="armchair",
        title_uk="Парк, сквер, лави", title_en="Park, garden, benches",
        keywords=("парк", "сквер", "лава", "доріжка", "альтанка", "фонтан"),
        solution_days=45,
    ),
))  # fmt: skip

ANIMALS = group("animals", "Тварини", "Animals", "paw-print", (
    InventedCategory(
        code="animals-stray", parent="animals", icon="dog",
        title_uk="Безпритульні собаки", title_en="Stray dogs",
        keywords=("собаки", "зграя", "безпритульні", "стерилізація", "покусали"),
        hint_uk="Собака вкусив? Промийте рану і зверніться до лікарні того ж дня; 103.",
        hint_en="Bitten by a dog? Wash the wound and see a doctor the same day; 103.",
        hint_is_emergency=True, acceptance_working_days=2, solution_days=21,
        questions=(
            Question("count", "Скільки собак?", "How many dogs?", NUMBER),
            yes_or_no("tags", "Чи є кліпси у вухах?", "Do they bear ear tags?"),
        ),
    ),
    InventedCategory(
        code="animals-injured", parent="animals", icon="bandage",
        title_uk="Поранена тварина", title_en="Injured animal",
        keywords=("поранена", "збило", "птах", "лелека", "їжак", "кішка"),
        acceptance_working_days=1, solution_days=3,
    ),
    InventedCategory(
        code="animals-walking", parent="animals", icon="bone",
        title_uk="Вигул домашніх собак", title_en="Walking of dogs",
        keywords=("вигул", "повідець", "намордник", "майданчик для собак", "послід"),
    ),
))  # fmt: skip
