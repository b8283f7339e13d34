"""Organisations of the invented community, of every kind, with codes that belong to nobody."""

from dataclasses import dataclass

from geoportal.accounts.models import Organisation
from geoportal.demo import community
from geoportal.demo.people import invent_person

Kind = Organisation.Kind
CITY_COUNCIL = "city-council"
EDUCATION = "education-department"
HOSPITAL = "central-hospital"
CLEAN_TOWN = "clean-town"
WATER_UTILITY = "water-utility"
CITY_LIGHT = "city-light"
IMPROVEMENT = "improvement"
ROADS = "road-works"
CULTURE = "culture-department"
CIVIL_PROTECTION = "civil-protection"
BATTERIES = "ecoverboloza"
POLICE = "police"
HEATING = "heating"
HOUSING = "housing"
SOCIAL = "social-department"
YARD_MANAGER = "pivnich-service"
POWER = "power-networks"
GAS = "gas-networks"
CARRIER = "carrier"
GREEN_NGO = "green-kalynobrid"
ZARICHNYI = "self-organisation-zarichnyi"
STAROSTAS = (
    "starosta-zelenobir",
    "starosta-luhomyr",
    "starosta-soniachnytsia",
    "starosta-medovytsia",
    "starosta-yavorovytsia",
)  # by the numbers of okruhs
DEPUTIES = tuple(f"deputy-{number}" for number in range(1, 8))
POLICE_OFFICERS = ("police-officer-centre", *(f"police-officer-{number}" for number in range(2, 7)))
ELECTORAL = "Територіальний виборчий округ № {}"


@dataclass(frozen=True)
class InventedOrganisation:
    """What an organisation is before it is in the database."""

    slug: str
    kind: str
    name_uk: str
    name_en: str
    edrpou: str


# fmt: off
ORGANISATIONS: tuple[InventedOrganisation, ...] = (
    InventedOrganisation(CITY_COUNCIL, Kind.LOCAL_GOVERNMENT, "Калинобрідська міська рада",
                         "Kalynobrid City Council", community.CITY_COUNCIL_EDRPOU),
    InventedOrganisation(EDUCATION, Kind.LOCAL_GOVERNMENT,
                         "Управління освіти Калинобрідської міської ради",
                         "Education Department of Kalynobrid", "99000024"),
    InventedOrganisation(CULTURE, Kind.LOCAL_GOVERNMENT,
                         "Відділ культури і туризму Калинобрідської міської ради",
                         "Culture and Tourism Department of Kalynobrid", "99000031"),
    InventedOrganisation(CIVIL_PROTECTION, Kind.LOCAL_GOVERNMENT,
                         "Відділ цивільного захисту Калинобрідської міської ради",
                         "Civil Protection Department of Kalynobrid", "99000048"),
    InventedOrganisation(HOSPITAL, Kind.MUNICIPAL_ENTERPRISE,
                         "КНП «Калинобрідська центральна лікарня»",
                         "Kalynobrid Central Hospital", "00999055"),
    InventedOrganisation(CLEAN_TOWN, Kind.MUNICIPAL_ENTERPRISE, "КП «Чисте місто»",
                         "Clean Town Utility", "99000062"),
    InventedOrganisation(WATER_UTILITY, Kind.MUNICIPAL_ENTERPRISE, "КП «Калинобрідводоканал»",
                         "Kalynobridvodokanal Utility", "00999079"),
    InventedOrganisation(CITY_LIGHT, Kind.MUNICIPAL_ENTERPRISE, "КП «Калинобрідміськсвітло»",
                         "Kalynobrid City Light Utility", "99000086"),
    InventedOrganisation(IMPROVEMENT, Kind.MUNICIPAL_ENTERPRISE, "КП «Калинобрідблагоустрій»",
                         "Kalynobrid Improvement Utility", "99000093"),
    InventedOrganisation(ROADS, Kind.MUNICIPAL_ENTERPRISE, "КП «Калинобрідшляхбуд»",
                         "Kalynobrid Road Works Utility", "99000109"),
    InventedOrganisation(BATTERIES, Kind.COMMERCIAL, "ТОВ «ЕкоВерболоза»",
                         "EcoVerboloza LLC", "99000116"),
    InventedOrganisation("koshyk", Kind.COMMERCIAL, "ТОВ «Торгова мережа «Кошик»",
                         "Koshyk Stores LLC", "99000123"),
    InventedOrganisation("starosta-zelenobir", Kind.STAROSTA, "Староста Зеленобірського округу",
                         "Starosta of the Zelenobir okruh", ""),
    InventedOrganisation("starosta-luhomyr", Kind.STAROSTA, "Староста Лугомирського округу",
                         "Starosta of the Luhomyr okruh", ""),
    InventedOrganisation("starosta-soniachnytsia", Kind.STAROSTA, "Староста Сонячницького округу",
                         "Starosta of the Soniachnytsia okruh", ""),
    InventedOrganisation("starosta-medovytsia", Kind.STAROSTA, "Староста Медовицького округу",
                         "Starosta of the Medovytsia okruh", ""),
    InventedOrganisation("starosta-yavorovytsia", Kind.STAROSTA, "Староста Яворовицького округу",
                         "Starosta of the Yavorovytsia okruh", ""),
    InventedOrganisation("deputies-group", Kind.DEPUTY, "Депутатська група «Верболоза»",
                         "Verboloza group of deputies", ""),
    InventedOrganisation("self-organisation-zarichnyi", Kind.SELF_ORGANISATION,
                         "Комітет самоорганізації населення «Зарічний»",
                         "Zarichnyi residents’ committee", "99000130"),
    InventedOrganisation("green-kalynobrid", Kind.ASSOCIATION, "ГО «Зелений Калинобрід»",
                         "Green Kalynobrid NGO", "99000147"),
    InventedOrganisation(POLICE, Kind.STATE_EXECUTIVE, "Калинобрідське відділення поліції",
                         "Kalynobrid Police Department", "99000154"),
    InventedOrganisation("police-officer-centre", Kind.POLICE_OFFICER,
                         "Дільничний офіцер поліції, дільниця № 1",
                         "Community police officer, precinct No. 1", ""),
    InventedOrganisation("party-green-yards", Kind.PARTY,
                         "Місцева організація партії «Зелені подвір’я»",
                         "Green Yards party, local branch", "99000161"),
    InventedOrganisation("herald", Kind.MEDIA, "Газета «Калинобрідський вісник»",
                         "Kalynobrid Herald newspaper", "99000178"),
    InventedOrganisation(HEATING, Kind.MUNICIPAL_ENTERPRISE, "КП «Калинобрідтеплокомуненерго»",
                         "Kalynobrid Heating Utility", "99000185"),
    InventedOrganisation(HOUSING, Kind.MUNICIPAL_ENTERPRISE, "КП «Калинобріджитлосервіс»",
                         "Kalynobrid Housing Utility", "99000192"),
    InventedOrganisation(SOCIAL, Kind.LOCAL_GOVERNMENT,
                         "Управління соціального захисту Калинобрідської міської ради",
                         "Social Protection Department of Kalynobrid", "99000208"),
    InventedOrganisation(YARD_MANAGER, Kind.COMMERCIAL, "ТОВ «Північ-Сервіс», управитель будинків",
                         "Pivnich-Service LLC, manager of houses", "99000215"),
    InventedOrganisation(POWER, Kind.COMMERCIAL, "АТ «Верболозаенерго», електричні мережі",
                         "Verbolozaenergo JSC, power networks", "99000222"),
    InventedOrganisation(GAS, Kind.COMMERCIAL, "ТОВ «Калинобрідгазмережі»",
                         "Kalynobrid Gas Networks LLC", "99000239"),
    InventedOrganisation(CARRIER, Kind.COMMERCIAL, "ПП «Калина-Транс», міські автобуси",
                         "Kalyna-Trans, town buses", "99000246"),
    *(InventedOrganisation(
        slug, Kind.DEPUTY,
        f"Депутат міської ради {invent_person(f'deputy/{ELECTORAL.format(number)}/0')}",
        f"City council deputy, electoral district No. {number}", "",
    ) for number, slug in enumerate(DEPUTIES, start=1)),
    *(InventedOrganisation(
        slug, Kind.POLICE_OFFICER, f"Дільничний офіцер поліції, дільниця № {number}",
        f"Community police officer, precinct No. {number}", "",
    ) for number, slug in enumerate(POLICE_OFFICERS[1:], start=2)),
)
# fmt: on
BY_SLUG = {organisation.slug: organisation for organisation in ORGANISATIONS}
ABOUT: dict[str, tuple[str, str]] = {
    Kind.LOCAL_GOVERNMENT: (
        "Орган місцевого самоврядування громади.", "A body of local self-government."),
    Kind.SELF_ORGANISATION: (
        "Мешканці мікрорайону, які разом дбають про його двори.",
        "Residents of a district who look after its yards together."),
    Kind.MUNICIPAL_ENTERPRISE: (
        "Комунальне підприємство громади. Приймає в роботу повідомлення за своїм напрямом.",
        "A municipal enterprise. Takes reports about what it keeps."),
    Kind.COMMERCIAL: ("Надає послуги мешканцям громади.", "Serves the residents."),
    Kind.STAROSTA: (
        "Представляє мешканців сіл округу, стежить за всім, що в ньому відбувається.",
        "Represents the villages of the okruh and watches what happens there."),
    Kind.DEPUTY: (
        "Обраний мешканцями; бачить повідомлення свого округу.",
        "Elected by the residents; sees the reports of the district."),
    Kind.ASSOCIATION: ("Громадське об’єднання.", "A civic association."),
    Kind.POLICE_OFFICER: (
        "Відповідає за порядок на дільниці. Термінові виклики — 102.",
        "Keeps order in the precinct. Urgent calls: 102."),
    Kind.PARTY: ("Місцева організація партії.", "A local branch of a party."),
    Kind.STATE_EXECUTIVE: (
        "Державний орган. Термінові виклики — 102.", "A state body. Urgent calls: 102."),
    Kind.MEDIA: ("Пише про громаду.", "Writes about the community."),
}  # fmt: skip
WITH_HOURS = (Kind.LOCAL_GOVERNMENT, Kind.MUNICIPAL_ENTERPRISE)
WORKING_HOURS = "Пн–Пт 08:00–17:00"
WITH_SITE = (Kind.LOCAL_GOVERNMENT, Kind.MUNICIPAL_ENTERPRISE, Kind.COMMERCIAL, Kind.MEDIA)


def contact_of(slug: str) -> str:
    """The e-mail of an organisation."""
    return f"{slug}@{community.DOMAIN}"


def write_organisations() -> dict[str, Organisation]:
    """Every organisation in the database, by slug; those that stand already are kept in step."""
    written = {}
    for number, invented in enumerate(ORGANISATIONS):
        about_uk, about_en = ABOUT[invented.kind]
        website = f"{community.SITE}/{invented.slug}/" if invented.kind in WITH_SITE else ""
        written[invented.slug], _created = Organisation.objects.update_or_create(
            slug=invented.slug,
            defaults={
                "kind": invented.kind,
                "name_uk": invented.name_uk,
                "name_en": invented.name_en,
                "edrpou": invented.edrpou,
                "email": contact_of(invented.slug),
                "phone": community.phone(100 + number),
                "website": website,
                "description_uk": about_uk,
                "description_en": about_en,
                "working_hours": WORKING_HOURS if invented.kind in WITH_HOURS else "",
            },
        )
    return written
