"""Replies that organisations and moderators have at hand."""

from collections.abc import Mapping

from geoportal.accounts.models import Organisation
from geoportal.demo import organisations as who
from geoportal.problems.models import ResponseTemplate
from geoportal.problems.workflow import Action

# (organisation or empty for everyone, action, title, words)
REPLIES: tuple[tuple[str, str, str, str], ...] = (
    ("", Action.ACCEPT, "Прийнято", "Дякуємо за повідомлення. Огляд — протягом двох робочих днів."),
    ("", Action.ASK, "Уточнити місце",
     "Уточніть, будь ласка, точне місце: під’їзд, номер опори або орієнтир поруч."),
    ("", Action.ASK, "Попросити фото", "Додайте, будь ласка, фото: так буде швидше."),
    ("", Action.CLOSE, "Виконано", "Роботи виконано, фото додано. Оцініть, будь ласка, результат."),
    ("", Action.CLOSE, "Неможливо вирішити",
     "Вирішити зараз неможливо. Причина: … Коли вона зникне, повідомте ще раз."),
    ("", Action.REJECT, "Образи",
     "Опишіть, будь ласка, проблему без образ, і ми її опублікуємо."),
    ("", Action.REJECT, "Персональні дані",
     "Приберіть імена, телефони й номери квартир інших людей; решту опублікуємо."),
    (who.ROADS, Action.ANNOUNCE, "Після потепління",
     "Роботи можливі за температури понад +5 °C, внесено до графіка весняного ремонту."),
    (who.ROADS, Action.CLOSE, "Ямковий ремонт", "Виконано ямковий ремонт, площа латки … м²."),
    (who.CITY_LIGHT, Action.CLOSE, "Замінено лампу", "Замінено лампу на світлодіодну."),
    (who.CLEAN_TOWN, Action.CLOSE, "Вивезено", "Вивезено позачергово, майданчик підметено."),
    (who.WATER_UTILITY, Action.ACCEPT, "Аварійна бригада",
     "Прийнято аварійно-диспетчерською службою, бригада виїде сьогодні."),
    (who.IMPROVEMENT, Action.ANNOUNCE, "Період спокою",
     "Кронування можливе в період спокою дерев, з жовтня по березень."),
)  # fmt: skip


def write_replies(organisations: Mapping[str, Organisation]) -> int:
    """Replies that are not in the database yet; how many there are of them in all."""
    for position, (slug, action, title, words) in enumerate(REPLIES):
        ResponseTemplate.objects.get_or_create(
            organisation=organisations[slug] if slug else None,
            title=title,
            defaults={"action": action, "words": words, "position": position},
        )
    return len(REPLIES)
