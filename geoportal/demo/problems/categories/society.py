"""Houses and yards, safety and order, accessibility, heritage, shelters, social help."""

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

ENTRANCE = Question("entrance", "Номер під’їзду", "Stairwell", NUMBER)

YARDS = group("yards", "Будинки і двори", "Houses and yards", "building-2", (
    InventedCategory(
        code="yard-playground", parent="yards", icon="toy-brick",
        title_uk="Дитячий майданчик", title_en="Playground",
        keywords=("гойдалка", "гірка", "пісочниця", "дитячий майданчик", "карусель"),
        hint_uk="Обладнання може травмувати дитину? Позначте це у відповіді.",
        hint_en="May the equipment hurt a child? Say so in the answer.",
        acceptance_working_days=2, solution_days=21,
        questions=(
            yes_or_no("dangerous", "Чи небезпечно дітям зараз?", "Is it dangerous now?",
                      required=True),
            choose_some("parts", "Що зламано?", "What is broken?",
                        ("swing", "гойдалка", "swing"), ("slide", "гірка", "slide"),
                        ("sand", "пісочниця", "sandpit"), ("surface", "покриття", "surface"),
                        ("fence", "огорожа", "fence")),
        ),
    ),
    InventedCategory(
        code="yard-sports", parent="yards", icon="dumbbell",
        title_uk="Спортивний майданчик", title_en="Sports ground",
        keywords=("турнік", "ворота", "баскетбол", "тренажер", "футбол", "стадіон"),
        solution_days=45,
    ),
    InventedCategory(
        code="yard-house", parent="yards", icon="building",
        title_uk="Фасад, дах, під’їзд", title_en="Facade, roof, stairwell",
        keywords=("фасад", "дах", "тече дах", "під’їзд", "підвал", "балкон", "штукатурка"),
        hint_uk="Падає штукатурка чи цегла? Огородіть місце і телефонуйте 101.",
        hint_en="Do plaster or bricks fall? Fence the place off and call 101.",
        hint_is_emergency=True, solution_days=60, questions=(ENTRANCE,),
    ),
    InventedCategory(
        code="yard-lift", parent="yards", icon="arrow-up-down",
        title_uk="Ліфт", title_en="Lift",
        keywords=("ліфт", "застряг", "кабіна", "не працює ліфт"),
        hint_uk="У ліфті застрягли люди? Телефонуйте аварійній службі або 101.",
        hint_en="Are people stuck in the lift? Call the emergency service or 101.",
        hint_is_emergency=True, acceptance_working_days=1, solution_days=7,
        questions=(
            Question("entrance", "Номер під’їзду", "Stairwell", NUMBER, True),
            choose_one("fault", "Що з ліфтом?", "What is wrong?",
                       ("stands", "не їде", "it does not move"),
                       ("doors", "не зачиняються двері", "doors do not close"),
                       ("light", "немає світла", "no light"),
                       ("noise", "гуркоче", "it rattles")),
        ),
    ),
    InventedCategory(
        code="yard-drive", parent="yards", icon="route",
        title_uk="Проїзд у дворі", title_en="Drive in a yard",
        keywords=("двір", "проїзд", "ями у дворі", "шлагбаум", "внутрішньоквартальний"),
        solution_days=90,
    ),
))  # fmt: skip

SAFETY = group("safety", "Безпека і порядок", "Safety and order", "shield", (
    InventedCategory(
        code="safety-noise", parent="safety", icon="volume-2",
        title_uk="Шум", title_en="Noise",
        keywords=("шум", "музика", "тиша", "галас", "ремонт уночі", "генератор"),
        hint_uk="Шумлять уночі, з 22:00 до 08:00, просто зараз? Телефонуйте 102.",
        hint_en="Noise right now between 22:00 and 08:00? Call 102.",
        hint_is_emergency=True,
        questions=(
            choose_one("when", "Коли шумлять?", "When is it noisy?",
                       ("day", "удень", "by day"), ("evening", "увечері", "in the evening"),
                       ("night", "уночі", "at night")),
        ),
    ),
    InventedCategory(
        code="safety-vandalism", parent="safety", icon="spray-can",
        title_uk="Вандалізм і написи", title_en="Vandalism and graffiti",
        keywords=("графіті", "напис", "реклама наркотиків", "розбили", "пошкодили"),
        solution_days=14,
    ),
    InventedCategory(
        code="safety-trade", parent="safety", icon="store",
        title_uk="Стихійна торгівля, реклама", title_en="Street trade, advertising",
        keywords=("кіоск", "торгівля", "реклама", "банер", "самовільно"),
    ),
    InventedCategory(
        code="safety-family", parent="safety", icon="siren",
        title_uk="Насильство або загроза людині", title_en="Violence or a threat to a person",
        keywords=("насильство", "б’ють", "погрози", "дитина сама", "допоможіть"),
        hint_uk="Комусь загрожують зараз? Телефонуйте 102 або 112. Це повідомлення не "
                "публікується: його бачать лише поліція і соціальна служба.",
        hint_en="Is someone in danger now? Call 102 or 112. This report is not published: only "
                "the police and the social service see it.",
        hint_is_emergency=True, is_public=False, acceptance_working_days=1, solution_days=7,
    ),
))  # fmt: skip

ACCESS = group("access", "Доступність", "Accessibility", "accessibility", (
    InventedCategory(
        code="access-ramp", parent="access", icon="accessibility",
        title_uk="Пандус, вхід без перешкод", title_en="Ramp, step-free entrance",
        keywords=("пандус", "візок", "поручень", "кнопка виклику", "вхід"),
        solution_days=90,
        questions=(
            choose_some("needs", "Чого бракує?", "What is missing?",
                        ("ramp", "пандуса", "a ramp"), ("rail", "поручнів", "handrails"),
                        ("button", "кнопки виклику", "a call button"),
                        ("door", "широких дверей", "a wide door")),
        ),
    ),
    InventedCategory(
        code="access-crossing", parent="access", icon="person-standing",
        title_uk="Пониження бордюру, тактильна плитка", title_en="Dropped kerb, tactile paving",
        keywords=("бордюр", "пониження", "тактильна плитка", "звуковий світлофор", "візочок"),
        solution_days=90,
    ),
))  # fmt: skip

HERITAGE = group("heritage", "Культурна спадщина", "Cultural heritage", "landmark", (
    InventedCategory(
        code="heritage-damage", parent="heritage", icon="landmark",
        title_uk="Пошкодження пам’ятки", title_en="Damage to a monument",
        keywords=("пам’ятка", "ліпнина", "старовинний будинок", "перебудова", "вікна", "утеплення"),
        solution_days=60,
        questions=(
            Question("number", "Охоронний номер, якщо знаєте", "Protection number, if you know it",
                     STRING),
        ),
    ),
    InventedCategory(
        code="heritage-memorial", parent="heritage", icon="milestone",
        title_uk="Пам’ятник, меморіальна дошка", title_en="Memorial, plaque",
        keywords=("пам’ятник", "дошка", "меморіал", "табличка", "могила"),
        solution_days=45,
    ),
))  # fmt: skip

SHELTERS = group("shelter", "Укриття", "Shelters", "shield-check", (
    InventedCategory(
        code="shelter-closed", parent="shelter", icon="lock",
        title_uk="Укриття зачинене", title_en="Shelter is closed",
        keywords=("укриття", "зачинено", "тривога", "ключі", "сховище"),
        hint_uk="Тривога зараз? Ідіть до найближчого відчиненого укриття: їх видно на мапі.",
        hint_en="An alarm now? Go to the nearest open shelter: the map shows them.",
        hint_is_emergency=True, acceptance_working_days=1, solution_days=3,
        questions=(
            Question("seen_at", "Коли було зачинено?", "When was it closed?", "datetime", True),
        ),
    ),
    InventedCategory(
        code="shelter-state", parent="shelter", icon="shield-alert",
        title_uk="Стан укриття", title_en="Condition of a shelter",
        keywords=("укриття", "вода в підвалі", "світло", "лавки", "вентиляція", "пандус"),
        acceptance_working_days=1, solution_days=21,
        questions=(
            choose_some("lacks", "Чого бракує?", "What is missing?",
                        ("light", "світла", "light"), ("seats", "місць для сидіння", "seats"),
                        ("water", "води", "water"), ("toilet", "туалету", "a toilet"),
                        ("ramp", "пандуса", "a ramp"), ("air", "вентиляції", "fresh air")),
        ),
    ),
))  # fmt: skip

SOCIAL = group("social", "Соціальна допомога", "Social help", "heart-handshake", (
    InventedCategory(
        code="social-help", parent="social", icon="hand-heart",
        title_uk="Людина потребує допомоги", title_en="A person needs help",
        keywords=("допомога", "самотня людина", "безхатько", "літня людина", "продукти"),
        hint_uk="Людині зле просто зараз? Телефонуйте 103. Це повідомлення не публікується.",
        hint_en="Is the person unwell right now? Call 103. This report is not published.",
        hint_is_emergency=True, is_public=False, acceptance_working_days=1, solution_days=7,
        questions=(
            yes_or_no("consent", "Чи згодна людина, щоб до неї прийшли?",
                      "Does the person agree to a visit?"),
        ),
    ),
))  # fmt: skip
