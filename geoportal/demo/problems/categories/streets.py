"""Roads and pavements, lighting, transport and stops."""

from geoportal.demo.problems.categories.describing import (
    NUMBER,
    STRING,
    InventedCategory,
    Question,
    choose_one,
    choose_some,
    group,
    yes_or_no,
)

POLE = Question("pole", "Номер опори", "Pole number", STRING)

ROADS = group("roads", "Дороги і тротуари", "Roads and pavements", "construction", (
    InventedCategory(
        code="road-pothole", parent="roads", icon="circle-dot",
        title_uk="Яма на дорозі", title_en="Pothole",
        keywords=("яма", "вибоїна", "асфальт", "провал", "ямковий ремонт", "дорога"),
        hint_uk="Позначте, на якій смузі яма і який орієнтир поруч.",
        hint_en="Say which lane it is in and what stands nearby.",
        acceptance_working_days=3, solution_days=30,
        questions=(
            choose_one("size", "Який розмір ями?", "How large is it?",
                       ("small", "до 30 см", "up to 30 cm"),
                       ("middle", "від 30 см до 1 м", "30 cm to 1 m"),
                       ("large", "понад 1 м", "over 1 m"), required=True),
            Question("depth_cm", "Глибина, см", "Depth, cm", NUMBER),
        ),
    ),
    InventedCategory(
        code="road-manhole", parent="roads", icon="circle-alert",
        title_uk="Відкритий або зламаний люк", title_en="Open or broken manhole",
        keywords=("люк", "колодязь", "кришка", "решітка", "провалля"),
        hint_uk="Люк відкритий і в нього можна впасти? Спершу зателефонуйте 112.",
        hint_en="Is the manhole open so that one may fall in? Call 112 first.",
        hint_is_emergency=True, acceptance_working_days=1, solution_days=3,
        questions=(
            choose_one("state", "Що з люком?", "What is wrong?",
                       ("open", "немає кришки", "the cover is gone"),
                       ("broken", "кришка зламана", "the cover is broken"),
                       ("loose", "кришка хитається", "the cover is loose"), required=True),
            Question("mark", "Напис на кришці", "Letters on the cover", STRING),
        ),
    ),
    InventedCategory(
        code="road-sidewalk", parent="roads", icon="footprints",
        title_uk="Тротуар або бордюр", title_en="Pavement or kerb",
        keywords=("тротуар", "бордюр", "плитка", "пішохідна доріжка", "сходи"),
        solution_days=60,
    ),
    InventedCategory(
        code="road-marking", parent="roads", icon="traffic-cone",
        title_uk="Розмітка і пішохідні переходи", title_en="Marking and crossings",
        keywords=("розмітка", "зебра", "перехід", "лежачий поліцейський", "острівець"),
        solution_days=60,
    ),
    InventedCategory(
        code="road-sign", parent="roads", icon="signpost",
        title_uk="Дорожній знак або світлофор", title_en="Road sign or traffic light",
        keywords=("знак", "світлофор", "стоп", "дзеркало", "вказівник"),
        hint_uk="Світлофор не працює на жвавому перехресті? Повідомте поліцію: 102.",
        hint_en="Traffic lights out at a busy junction? Tell the police: 102.",
        hint_is_emergency=True, acceptance_working_days=2, solution_days=14,
        questions=(
            choose_one("thing", "Що пошкоджено?", "What is damaged?",
                       ("sign", "дорожній знак", "a road sign"),
                       ("lights", "світлофор", "traffic lights"),
                       ("mirror", "дзеркало", "a mirror"), required=True),
        ),
    ),
    InventedCategory(
        code="road-snow", parent="roads", icon="snowflake",
        title_uk="Сніг і ожеледь", title_en="Snow and ice",
        keywords=("сніг", "ожеледь", "лід", "посипати", "бурульки", "слизько"),
        hint_uk="Бурульки над входом: обійдіть і попередьте тих, хто всередині.",
        hint_en="Icicles over a door: keep away and warn those inside.",
        acceptance_working_days=1, solution_days=3,
        questions=(
            choose_one("where", "Де слизько?", "Where is it slippery?",
                       ("road", "на проїжджій частині", "on the road"),
                       ("pavement", "на тротуарі", "on the pavement"),
                       ("steps", "на сходах або біля входу", "on steps or at a door")),
        ),
    ),
    InventedCategory(
        code="road-flooding", parent="roads", icon="cloud-rain",
        title_uk="Калюжі й зливостоки", title_en="Puddles and drains",
        keywords=("калюжа", "злива", "дощ", "зливостік", "підтоплення", "решітка"),
        solution_days=45,
    ),
))  # fmt: skip

LIGHTING = group("lighting", "Освітлення", "Lighting", "lightbulb", (
    InventedCategory(
        code="light-lamp", parent="lighting", icon="lightbulb-off",
        title_uk="Не світить ліхтар", title_en="Street lamp is out",
        keywords=("ліхтар", "лампа", "темно", "світло", "блимає", "освітлення"),
        hint_uk="Напишіть номер опори: він на табличці на висоті очей.",
        hint_en="Write the number of the pole: it is on a plate at eye level.",
        acceptance_working_days=2, solution_days=10,
        questions=(
            POLE,
            choose_one("fault", "Що з ліхтарем?", "What is wrong?",
                       ("one", "не світить один", "one lamp is out"),
                       ("several", "не світять кілька поспіль", "several in a row are out"),
                       ("blinks", "блимає", "it blinks"),
                       ("day", "світить удень", "it burns in daylight"), required=True),
        ),
    ),
    InventedCategory(
        code="light-pole", parent="lighting", icon="utility-pole",
        title_uk="Пошкоджена опора або дріт", title_en="Damaged pole or wire",
        keywords=("опора", "стовп", "дріт", "кабель", "обрив", "іскрить"),
        hint_uk="Дріт на землі або іскрить? Не підходьте ближче 8 метрів і телефонуйте 112.",
        hint_en="A wire lies on the ground or sparks? Stay 8 metres away and call 112.",
        hint_is_emergency=True, acceptance_working_days=1, solution_days=5, questions=(POLE,),
    ),
    InventedCategory(
        code="light-new", parent="lighting", icon="lamp",
        title_uk="Потрібне освітлення", title_en="Lighting is needed",
        keywords=("нові ліхтарі", "темна вулиця", "освітити", "встановити опори"),
        solution_days=180,
    ),
))  # fmt: skip

TRANSPORT = group("transport", "Транспорт і зупинки", "Transport and stops", "bus", (
    InventedCategory(
        code="transport-stop", parent="transport", icon="bus-front",
        title_uk="Зупинка", title_en="Bus stop",
        keywords=("зупинка", "павільйон", "лава", "скло", "дах зупинки"),
        solution_days=45,
    ),
    InventedCategory(
        code="transport-route", parent="transport", icon="clock",
        title_uk="Маршрут і розклад", title_en="Route and timetable",
        keywords=("автобус", "маршрутка", "розклад", "запізнення", "інтервал", "водій"),
        hint_uk="Напишіть номер маршруту й час, коли чекали.",
        hint_en="Write the number of the route and when you waited.",
        questions=(
            Question("route", "Номер маршруту", "Route number", STRING, True),
            Question("seen_at", "Коли це було?", "When was it?", "datetime"),
        ),
    ),
    InventedCategory(
        code="transport-parking", parent="transport", icon="square-parking-off",
        title_uk="Паркування не за правилами", title_en="Wrong parking",
        keywords=("паркування", "авто на тротуарі", "авто на газоні", "заблоковано виїзд"),
        hint_uk="Авто заблокувало виїзд просто зараз? Телефонуйте 102.",
        hint_en="A car blocks your way right now? Call 102.",
        questions=(
            choose_some("where", "Де стоять автомобілі?", "Where do cars stand?",
                        ("pavement", "на тротуарі", "on the pavement"),
                        ("lawn", "на газоні", "on a lawn"),
                        ("crossing", "на переході", "on a crossing"),
                        ("gate", "перед виїздом", "before a gate")),
        ),
    ),
    InventedCategory(
        code="transport-abandoned", parent="transport", icon="car",
        title_uk="Покинутий автомобіль", title_en="Abandoned car",
        keywords=("покинуте авто", "кинута машина", "брухт"),
        hint_uk="Номерний знак пишіть лише у відповіді на запитання: її бачать тільки служби.",
        hint_en="Write the number plate only as an answer: none but the services see it.",
        solution_days=60,
        questions=(
            yes_or_no("flat_tyres", "Чи спущені шини?", "Are its tyres flat?"),
            Question("plate", "Номерний знак", "Number plate", STRING, is_public=False),
        ),
    ),
))  # fmt: skip
