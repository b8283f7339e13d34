"""Public places of the plan: what stands where, and how large its lot and building are."""

from dataclasses import dataclass

from geoportal.demo.town.plane import Point


@dataclass(frozen=True)
class PlannedPlace:
    """A public building. `lot_m`: frontage and depth of its lot; `form` names its footprint."""

    kind: str
    name_uk: str
    name_en: str
    at: Point
    form: str
    lot_m: tuple[float, float]


SCHOOL, KINDERGARTEN, HALL, SMALL = (150.0, 105.0), (74.0, 58.0), (64.0, 42.0), (36.0, 30.0)
HOSPITAL, CHURCH, SHOP, WORKS = (165.0, 110.0), (46.0, 48.0), (60.0, 46.0), (190.0, 130.0)

# fmt: off
PLACES: tuple[PlannedPlace, ...] = (
    PlannedPlace("council", "Калинобрідська міська рада", "Kalynobrid City Council",
                 (5, 60), "hall", (58, 34)),
    PlannedPlace("factory", "Калинобрідський цукровий завод", "Kalynobrid Sugar Factory",
                 (1960, 1000), "works", WORKS),
    PlannedPlace("factory", "Молокозавод «Росяниця»", "Rosianytsia Dairy",
                 (1800, 1420), "works", (150, 110)),
    PlannedPlace("factory", "Меблева фабрика «Явір»", "Yavir Furniture Works",
                 (-780, 1290), "works", (150, 110)),
    PlannedPlace("factory", "Хлібоприймальний елеватор", "Grain Elevator",
                 (1210, 1190), "works", (150, 90)),
    PlannedPlace("hospital", "Калинобрідська центральна лікарня", "Kalynobrid Central Hospital",
                 (760, 700), "comb", HOSPITAL),
    PlannedPlace("hospital", "Калинобрідська дитяча лікарня", "Kalynobrid Children’s Hospital",
                 (-330, 800), "wing", (90, 70)),
    PlannedPlace("clinic", "Міська поліклініка", "Town Polyclinic", (330, 640), "wing", (74, 52)),
    PlannedPlace("clinic", "Амбулаторія сімейної медицини № 1", "Family Clinic No. 1",
                 (-80, 1850), "box", SMALL),
    PlannedPlace("clinic", "Амбулаторія сімейної медицини № 2", "Family Clinic No. 2",
                 (260, -920), "box", SMALL),
    PlannedPlace("clinic", "Амбулаторія сімейної медицини № 3", "Family Clinic No. 3",
                 (1640, 60), "box", SMALL),
    PlannedPlace("clinic", "Стоматологічна поліклініка", "Dental Clinic", (-330, 300), "box",
                 SMALL),
    PlannedPlace("ambulance", "Станція екстреної допомоги", "Ambulance Station",
                 (900, 560), "box", (48, 36)),
    PlannedPlace("school", "Ліцей № 1 імені Лесі Українки", "Lesia Ukrainka Lyceum No. 1",
                 (-250, 420), "school", (120, 84)),
    PlannedPlace("school", "Гімназія № 2", "Gymnasium No. 2", (330, 860), "school", SCHOOL),
    PlannedPlace("school", "Ліцей № 3", "Lyceum No. 3", (-180, 950), "school", SCHOOL),
    PlannedPlace("school", "Ліцей № 4 «Північний»", "Pivnichnyi Lyceum No. 4",
                 (-150, 1990), "school", SCHOOL),
    PlannedPlace("school", "Гімназія № 5", "Gymnasium No. 5", (420, -1150), "school", SCHOOL),
    PlannedPlace("school", "Гімназія № 6", "Gymnasium No. 6", (-1350, -420), "school", SCHOOL),
    PlannedPlace("school", "Гімназія № 7", "Gymnasium No. 7", (1700, -120), "school", SCHOOL),
    PlannedPlace("school", "Гімназія № 8", "Gymnasium No. 8", (560, 1700), "school", SCHOOL),
    PlannedPlace("art_school", "Школа мистецтв", "School of Arts", (130, 330), "wing", (60, 44)),
    PlannedPlace("college", "Фаховий коледж харчових технологій", "College of Food Technology",
                 (1120, 330), "school", (130, 90)),
    PlannedPlace("sports_school", "Дитячо-юнацька спортивна школа", "Youth Sports School",
                 (-560, 620), "hall", (70, 50)),
    PlannedPlace("stadium", "Стадіон «Верболоза»", "Verboloza Stadium",
                 (-620, 640), "stand", (150, 96)),
    PlannedPlace("kindergarten", "Заклад дошкільної освіти № 1 «Калинка»", "Kalynka Kindergarten",
                 (230, 260), "wing", KINDERGARTEN),
    PlannedPlace("kindergarten", "Заклад дошкільної освіти № 2 «Сонечко»", "Sonechko Kindergarten",
                 (60, 1020), "wing", KINDERGARTEN),
    PlannedPlace("kindergarten", "Заклад дошкільної освіти № 3 «Дзвіночок»",
                 "Dzvinochok Kindergarten", (720, 900), "wing", KINDERGARTEN),
    PlannedPlace("kindergarten", "Заклад дошкільної освіти № 4 «Казка»", "Kazka Kindergarten",
                 (80, 2160), "wing", KINDERGARTEN),
    PlannedPlace("kindergarten", "Заклад дошкільної освіти № 5 «Веселка»", "Veselka Kindergarten",
                 (420, 2080), "wing", KINDERGARTEN),
    PlannedPlace("kindergarten", "Заклад дошкільної освіти № 6 «Джерельце»",
                 "Dzhereltse Kindergarten", (-150, -1250), "wing", KINDERGARTEN),
    PlannedPlace("kindergarten", "Заклад дошкільної освіти № 7 «Ромашка»", "Romashka Kindergarten",
                 (-1180, -520), "wing", KINDERGARTEN),
    PlannedPlace("kindergarten", "Заклад дошкільної освіти № 8 «Цукринка»",
                 "Tsukrynka Kindergarten",
                 (1760, 640), "wing", KINDERGARTEN),
    PlannedPlace("culture", "Палац культури «Верболоза»", "Verboloza Palace of Culture",
                 (300, 430), "hall", (84, 60)),
    PlannedPlace("museum", "Калинобрідський краєзнавчий музей", "Kalynobrid Local History Museum",
                 (-90, 60), "wing", (44, 36)),
    PlannedPlace("library", "Центральна міська бібліотека", "Central Town Library",
                 (120, 150), "box", SMALL),
    PlannedPlace("library", "Бібліотека-філія № 2", "Library Branch No. 2", (200, 1880), "box",
                 SMALL),
    PlannedPlace("library", "Бібліотека-філія № 3", "Library Branch No. 3", (40, -800), "box",
                 SMALL),
    PlannedPlace("church", "Церква Святої Трійці", "Holy Trinity Church",
                 (110, -110), "church", CHURCH),
    PlannedPlace("church", "Костел Святої Анни", "Saint Anne’s Church",
                 (-150, 130), "church", CHURCH),
    PlannedPlace("church", "Церква Покрови Пресвятої Богородиці", "Church of the Intercession",
                 (520, -880), "church", CHURCH),
    PlannedPlace("church", "Церква Святого Миколая", "Saint Nicholas’ Church",
                 (-350, 2060), "church", CHURCH),
    PlannedPlace("church", "Церква Різдва Христового", "Church of the Nativity",
                 (-1330, -200), "church", CHURCH),
    PlannedPlace("services", "Центр надання адміністративних послуг",
                 "Administrative Services Centre", (70, 120), "hall", (56, 38)),
    PlannedPlace("post", "Відділення поштового зв’язку № 1", "Post Office No. 1",
                 (200, 50), "box", SMALL),
    PlannedPlace("police", "Відділення поліції", "Police Station", (-200, 70), "wing", (48, 40)),
    PlannedPlace("fire", "Пожежно-рятувальна частина", "Fire Station", (560, 200), "hall",
                 (60, 44)),
    PlannedPlace("court", "Районний суд", "District Court", (-60, 190), "hall", (52, 38)),
    PlannedPlace("market", "Центральний ринок", "Central Market", (-230, -120), "hall", (86, 64)),
    PlannedPlace("bus_station", "Автостанція", "Bus Station", (500, 1150), "hall", (80, 58)),
    PlannedPlace("station", "Залізничний вокзал Калинобрід", "Kalynobrid Railway Station",
                 (420, 1276), "hall", (86, 30)),
    PlannedPlace("enterprise", "КП «Калинобрідводоканал»", "Kalynobridvodokanal Utility",
                 (1080, -190), "wing", (70, 52)),
    PlannedPlace("enterprise", "КП «Чисте місто»", "Clean Town Utility",
                 (1560, 1080), "hall", (80, 60)),
    PlannedPlace("shop", "Супермаркет «Кошик»", "Koshyk Supermarket", (480, 560), "box", SHOP),
    PlannedPlace("shop", "Супермаркет «Кошик» на Молодіжній", "Koshyk Supermarket, Molodizhna",
                 (300, 1900), "box", SHOP),
    PlannedPlace("shop", "Торговий центр «Верба»", "Verba Shopping Centre", (60, 600), "hall",
                 SHOP),
    PlannedPlace("shop", "Будівельний гіпермаркет «Цеглина»", "Tsehlyna Building Store",
                 (1420, 330), "hall", (90, 66)),
    PlannedPlace("hotel", "Готель «Калина»", "Kalyna Hotel", (-30, -150), "wing", (46, 36)),
)
VILLAGE_PLACES: tuple[tuple[str, str, str, str, tuple[float, float], int], ...] = (
    ("school", "Гімназія села {}", "{} Gymnasium", "school", (120, 80), 120),
    ("kindergarten", "Заклад дошкільної освіти села {}", "{} Kindergarten", "wing", (60, 48), 130),
    ("culture", "Будинок культури села {}", "{} House of Culture", "hall", (56, 40), 90),
    ("clinic", "Медичний пункт села {}", "{} Health Post", "box", SMALL, 0),
    ("church", "Церква у селі {}", "{} Village Church", "church", (40, 40), 0),
    ("shop", "Крамниця у селі {}", "{} Village Shop", "box", (30, 26), 80),
)
# fmt: on
