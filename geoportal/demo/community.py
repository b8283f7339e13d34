"""Facts of the invented community: names, codes and addresses that belong to nobody."""

from typing import Final

TOWN_UK: Final = "Калинобрід"
TOWN_EN: Final = "Kalynobrid"
COMMUNITY_UK: Final = "Калинобрідська"
OBLAST_UK: Final = "Хмельницька область"
RAION_UK: Final = "Шепетівський район"
# The codifier of administrative units has no such codes; they only have its form.
COMMUNITY_CODE: Final = "UA68060990000099990"
TOWN_CODE: Final = "UA68060990010099991"
VILLAGE_CODE: Final = "UA680609900{number:02d}0{unique:05d}"
POST_CODE: Final = "30990"
DOMAIN: Final = "kalynobrid.example"  # RFC 2606 keeps .example free
SITE: Final = f"https://{DOMAIN}"
CITY_COUNCIL_EDRPOU: Final = "99000017"
INVENTED_UK: Final = (
    "Калинобрідську громаду вигадано, щоб показати можливості геопорталу; усі назви, адреси, "
    "коди й номери несправжні."
)
INVENTED_EN: Final = (
    "The Kalynobrid community is invented to show what the geoportal can do; all names, "
    "addresses, codes and numbers are fictitious."
)
# Objects were counted and dated no later than this day; nothing here reads the clock.
COUNTED_ON: Final = "2026-10-01"


def phone(number: int) -> str:
    """A phone that cannot ring: Ukraine has no area code 00."""
    return f"+38000555{number:04d}"


def village_code(number: int) -> str:
    return VILLAGE_CODE.format(number=number + 2, unique=99801 + number)
