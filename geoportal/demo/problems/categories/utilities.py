"""Water and sewers, heat, gas and electricity."""

from geoportal.demo.problems.categories.describing import (
    DATETIME,
    NUMBER,
    InventedCategory,
    Question,
    choose_one,
    choose_some,
    group,
    yes_or_no,
)

SINCE = Question("since", "Відколи?", "Since when?", DATETIME)

WATER = group("water", "Вода і каналізація", "Water and sewers", "droplets", (
    InventedCategory(
        code="water-leak", parent="water", icon="droplets",
        title_uk="Витік води", title_en="Water leak",
        keywords=("прорив", "тече вода", "витік", "труба", "водопровід"),
        hint_uk="Вода розмиває дорогу або заливає підвал? Телефонуйте диспетчеру водоканалу.",
        hint_en="Water washes away the road or floods a cellar? Call the water utility.",
        hint_is_emergency=True, acceptance_working_days=1, solution_days=5,
        questions=(
            choose_one("strength", "Як сильно тече?", "How strong is it?",
                       ("drip", "сочиться", "it seeps"),
                       ("stream", "тече струмком", "it runs"),
                       ("jet", "б’є під тиском", "it spouts"), required=True),
        ),
    ),
    InventedCategory(
        code="water-supply", parent="water", icon="shower-head",
        title_uk="Немає води або слабкий напір", title_en="No water or low pressure",
        keywords=("немає води", "слабкий тиск", "напір", "відключили воду"),
        acceptance_working_days=1, solution_days=5,
        questions=(
            SINCE,
            Question("floor", "Поверх", "Storey", NUMBER),
        ),
    ),
    InventedCategory(
        code="water-quality", parent="water", icon="glass-water",
        title_uk="Якість води", title_en="Quality of water",
        keywords=("каламутна вода", "іржа", "запах води", "хлорка", "жовта вода"),
        acceptance_working_days=1, solution_days=14,
        questions=(
            choose_some("signs", "Що не так із водою?", "What is wrong with it?",
                        ("colour", "колір", "colour"), ("smell", "запах", "smell"),
                        ("taste", "смак", "taste"), ("grit", "осад або пісок", "grit")),
        ),
    ),
    InventedCategory(
        code="water-sewage", parent="water", icon="waves",
        title_uk="Каналізація", title_en="Sewers",
        keywords=("каналізація", "стоки", "засмічення", "сморід", "колодязь"),
        acceptance_working_days=1, solution_days=5,
    ),
    InventedCategory(
        code="water-pump", parent="water", icon="droplet",
        title_uk="Колонка або криниця", title_en="Pump or well",
        keywords=("колонка", "криниця", "колодязь", "помпа", "джерело"),
        solution_days=45,
    ),
))  # fmt: skip

ENERGY = group("energy", "Тепло, газ, електрика", "Heat, gas, electricity", "zap", (
    InventedCategory(
        code="energy-gas", parent="energy", icon="flame",
        title_uk="Запах газу, газові мережі", title_en="Smell of gas, gas network",
        keywords=("газ", "запах газу", "витік газу", "газова труба"),
        hint_uk="Чуєте запах газу? Вийдіть надвір і телефонуйте 104. Через портал не можна: "
                "тут відповідають днями, а не хвилинами.",
        hint_en="Do you smell gas? Go outside and call 104. Not through the portal: here one "
                "answers in days, not in minutes.",
        hint_is_emergency=True, acceptance_working_days=1, solution_days=5,
        questions=(
            yes_or_no("called", "Чи телефонували ви 104?", "Did you call 104?", required=True),
        ),
    ),
    InventedCategory(
        code="energy-heat", parent="energy", icon="heater",
        title_uk="Опалення і гаряча вода", title_en="Heating and hot water",
        keywords=("опалення", "батареї", "холодно", "гаряча вода", "котельня", "тепломережа"),
        acceptance_working_days=1, solution_days=7,
        questions=(
            Question("celsius", "Температура в кімнаті, °C", "Temperature indoors, °C", NUMBER),
            SINCE,
        ),
    ),
    InventedCategory(
        code="energy-power", parent="energy", icon="zap-off",
        title_uk="Електропостачання", title_en="Electricity supply",
        keywords=("немає світла", "напруга", "трансформатор", "відключення", "графік"),
        hint_uk="Перевірте графік відключень. Іскрить або горить? Телефонуйте 101 або 112.",
        hint_en="Check the schedule of outages. Sparks or fire? Call 101 or 112.",
        hint_is_emergency=True, acceptance_working_days=1, solution_days=7,
        questions=(
            choose_one("extent", "Де немає світла?", "Where is it dark?",
                       ("flat", "у квартирі або будинку", "in my flat or house"),
                       ("entrance", "у під’їзді", "in the stairwell"),
                       ("street", "на всій вулиці", "in the whole street")),
        ),
    ),
))  # fmt: skip
