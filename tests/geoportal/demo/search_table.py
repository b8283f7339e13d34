"""What must come first for what people type: `layer: title`, `kind slug`, `layer slug`, `place`.

Asked from the town's middle. `streets: …` is a street, `addresses: …` a house.
"""

TABLE = """
# Kinds of objects, before streets of like letters
лікарня | kind hospital
Лікарня | kind hospital
лікарні | kind hospital
лікарень | kind hospital
лікар | kind family-doctor
лікарн | kind hospital
больница | kind hospital
hospital | kind hospital
likarnia | kind hospital
лікраня | kind hospital
аптека | kind pharmacy
аптеки | kind pharmacy
аптек | kind pharmacy
апека | kind pharmacy
ліки | kind pharmacy
найближча аптека | kind pharmacy
де аптека | kind pharmacy
pharmacy | kind pharmacy
apteka | kind pharmacy
wifi | kind wifi
Wi-Fi | kind wifi
wi fi | kind wifi
вайфай | kind wifi
вай-фай | kind wifi
інтернет | kind wifi
здати батарейки | kind batteries
батарейка | kind batteries
батарейок | kind batteries
де здати батарейки | kind batteries
туалет | kind toilet
туалети | kind toilet
громадський туалет | kind toilet
WC | kind toilet
ЦНАП | kind service-centre
цнап | kind service-centre
паспорт | kind service-centre
адмінпослуги | kind service-centre
укриття | kind shelter
укритя | kind shelter
сховища | kind shelter
бомбосховище | kind shelter
школа | kind school
школи | kind school
шкіл | kind school
shkola | kind school
ліцей | kind school
садочок | kind kindergarten
садочків | kind kindergarten
дитячий садок | kind kindergarten
банкомат | kind cash-machine
пошта | kind post-office
зупинка | kind bus-stop
зупинок | kind bus-stop
парковка | kind parking
дитячий майданчик | kind playground
смітник | kind waste-containers
бювет | kind drinking-water
питна вода | kind drinking-water
зарядити телефон | kind resilience-point
парк | kind park
# Layers by a word of their titles
дерева | layer trees
дерево | layer trees
# A kind with more words
школа 1 | schools: Ліцей № 1 імені Лесі Українки
школа №1 | schools: Ліцей № 1 імені Лесі Українки
школа № 5 | schools: Гімназія № 5
ліцей 3 | schools: Ліцей № 3
гімназія 6 | schools: Гімназія № 6
садок казка | kindergartens: Заклад дошкільної освіти № 4 «Казка»
садок 2 | kindergartens: Заклад дошкільної освіти № 2 «Сонечко»
аптека 1 | pharmacies: Аптека № 1
дитяча лікарня | hospitals: Калинобрідська дитяча лікарня
# Streets: types, forms, apostrophes, look-alikes, slips
Лікарняна | streets: вулиця Лікарняна
вул. Лікарняна | streets: вулиця Лікарняна
Шевченка | streets: вулиця Шевченка
Шевченко | streets: вулиця Шевченка
вулиця Шевченка | streets: вулиця Шевченка
ул. Шевченко | streets: вулиця Шевченка
Shevchenka | streets: вулиця Шевченка
shevchenko | streets: вулиця Шевченка
пр-т Незалежності | streets: проспект Незалежності
просп. Незалежності | streets: проспект Незалежності
проспект незалежності | streets: проспект Незалежності
Nezalezhnosti | streets: проспект Незалежності
незалежносты | streets: проспект Незалежності
Нeзaлeжнoстi | streets: проспект Незалежності
пров. Аптечний | streets: провулок Аптечний
провулок аптечний | streets: провулок Аптечний
вул. Аптечна | streets: вулиця Аптечна
пл. Ринок | streets: площа Ринок
Кам'яна | streets: вулиця Кам’яна
Кам’яна | streets: вулиця Кам’яна
Камʼяна | streets: вулиця Кам’яна
Кам`яна | streets: вулиця Кам’яна
Камяна | streets: вулиця Кам’яна
Kamiana | streets: вулиця Кам’яна
Лесі Українки | streets: вулиця Лесі Українки
Л. Українки | streets: вулиця Лесі Українки
Леси Украинки | streets: вулиця Лесі Українки
Хмельницького | streets: вулиця Богдана Хмельницького
Хмельницкого | streets: вулиця Богдана Хмельницького
Khmelnytskoho | streets: вулиця Богдана Хмельницького
вул Б. Хмельницького | streets: вулиця Богдана Хмельницького
Львівська | streets: вулиця Львівська
Львовская | streets: вулиця Львівська
Lvivska | streets: вулиця Львівська
Лвівська | streets: вулиця Львівська
Лбвівська | streets: вулиця Львівська
Грушевсього | streets: вулиця Михайла Грушевського
Сiчових Cтрiльцiв | streets: вулиця Січових Стрільців
Sichovykh Striltsiv | streets: вулиця Січових Стрільців
соборная | streets: вулиця Соборна
набережна | streets: вулиця Набережна
# Houses: the exact one before all that begins so, and before the street
Шевченка 37 | addresses: вулиця Шевченка, 37
Шевченко 37 | addresses: вулиця Шевченка, 37
вул. Шевченка, буд. 37 | addresses: вулиця Шевченка, 37
вул. Шевченка, 37, кв. 5 | addresses: вулиця Шевченка, 37
Shevchenka 37 | addresses: вулиця Шевченка, 37
37 Шевченка | addresses: вулиця Шевченка, 37
Шевченка 44 | addresses: вулиця Шевченка, 44
Шевченка 44а | addresses: вулиця Шевченка, 44-А
Шевченка 44-А | addresses: вулиця Шевченка, 44-А
Шевченка 44 А | addresses: вулиця Шевченка, 44-А
Шевченка 44A | addresses: вулиця Шевченка, 44-А
Шевченка 4/2 | addresses: вулиця Шевченка, 4/2
Львівська 12/2 | addresses: вулиця Львівська, 12/2
Львівська 12 / 2 | addresses: вулиця Львівська, 12/2
пр-т Незалежності 1 | addresses: проспект Незалежності, 1
пр-т Незалежності 27 | addresses: проспект Незалежності, 27
просп. Незалежності, 7-а | addresses: проспект Незалежності, 7-А
Лікарняна 3 | addresses: вулиця Лікарняна, 3
лікарняна, 5/1 | addresses: вулиця Лікарняна, 5/1
Шевченка 9999 | streets: вулиця Шевченка
# Old and Russian names, from the register of renamed streets
Леніна | streets: вулиця Соборна
вул. Леніна | streets: вулиця Соборна
Ленина | streets: вулиця Соборна
Леніна 3 | addresses: вулиця Соборна, 3
Карла Маркса | streets: вулиця Київська
Маркса 1-а | addresses: вулиця Київська, 1-А
# Objects, territories, settlements
Замкова гора | heritage: Замкова гора
краєзнавчий музей | heritage: Калинобрідський краєзнавчий музей
Старе місто | districts: Старе місто
Зеленобір | settlements: Зеленобір
с. Зеленобір | settlements: Зеленобір
Zelenobir | settlements: Зеленобір
Калинобрід | settlements: Калинобрід
Kalynobrid | settlements: Калинобрід
Привокзальний сквер | parks: Привокзальний сквер
сквер Героїв | parks: Сквер Героїв
міська поліклініка | hospitals: Міська поліклініка
аптека Мелісса | pharmacies: Аптека «Мелісса»
# Coordinates
50.2556, 27.2389 | place 50.25560, 27.23890
50,2556 27,2389 | place 50.25560, 27.23890
50°15′20″N 27°14′20″E | place 50.25556, 27.23889
50°26′N 27°10′E | place 50.43333, 27.16667
50°15'20" пн. 27°14'20" сх. | place 50.25556, 27.23889
27.2389 50.2556 | place 50.25560, 27.23890
geo:50.2556,27.2389?z=15 | place 50.25560, 27.23890
https://www.google.com/maps/@50.2556,27.2389,15z | place 50.25560, 27.23890
https://www.openstreetmap.org/#map=16/50.2556/27.2389 | place 50.25560, 27.23890
# Nothing is told as nothing
щщщщ | nothing
%% | nothing
№ 987654321 | nothing
"""


def read_table() -> list[tuple[str, str]]:
    lines = (line for line in TABLE.strip().splitlines() if not line.startswith("#"))
    pairs = (line.split(" | ") for line in lines)
    return [(query, first) for query, first in pairs]
