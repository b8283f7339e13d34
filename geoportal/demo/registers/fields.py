"""Fields that many registers share, named as the annexes to Cabinet resolution 835 name them."""

from geoportal.demo import community
from geoportal.demo.dataset import attribute
from geoportal.demo.organisations import BY_SLUG
from geoportal.demo.town.addresses import Address
from layers.schema import Json

ADDRESS = (
    attribute("addressPostName", "Населений пункт", "Settlement", searchable=True),
    attribute("addressThoroughfare", "Вулиця", "Street", searchable=True),
    attribute("addressLocatorDesignator", "Номер будівлі", "House number", searchable=True),
)
DESCRIPTION = attribute("addressDescription", "Опис розміщення", "Where exactly")
HOLDER = (
    attribute("balanceHolderName", "Балансоутримувач", "Kept by"),
    attribute("balanceHolderId", "Код ЄДРПОУ балансоутримувача", "Keeper’s EDRPOU code"),
)
PHONE = attribute("contactPointTelephone", "Телефон", "Phone", type="phone")
EMAIL = attribute("contactPointEmail", "Електронна пошта", "E-mail", type="email")
URL = attribute("contactPointUrl", "Сторінка", "Web page", type="url")
HOURS = attribute("openingHours", "Графік роботи", "Opening hours")
UPDATED = attribute("inventoryDate", "Дата інвентаризації", "Counted on", type="date")
ACCESSIBILITY = attribute(
    "accessibilityClass",
    "Безбар’єрність",
    "Accessibility",
    choices=(
        ("безбар’єрний", "barrier-free"),
        ("частково безбар’єрний", "partly barrier-free"),
        ("бар’єрний", "with barriers"),
    ),
)
UID = attribute("uid", "Ідентифікатор", "Identifier", required=True)


def address_values(address: Address, *, with_number: bool = True) -> dict[str, Json]:
    """Values of `ADDRESS`."""
    return {
        "addressPostName": address.settlement,
        "addressThoroughfare": address.street,
        "addressLocatorDesignator": address.number if with_number else None,
    }


def holder_values(slug: str) -> dict[str, Json]:
    """Values of `HOLDER`."""
    holder = BY_SLUG[slug]
    return {"balanceHolderName": holder.name_uk, "balanceHolderId": holder.edrpou}


def contact_values(page: str, number: int) -> dict[str, Json]:
    """Values of `PHONE`, `EMAIL` and `URL` of something that has a page."""
    return {
        "contactPointTelephone": community.phone(number),
        "contactPointEmail": f"{page}@{community.DOMAIN}",
        "contactPointUrl": f"{community.SITE}/{page}/",
    }
