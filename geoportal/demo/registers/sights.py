"""Sights of the invented community, written by hand."""

from dataclasses import dataclass

from geoportal.demo.town.plane import Point

ALWAYS = "Цілодобово"


@dataclass(frozen=True)
class Sight:
    """A sight. `of` names the park or building it is; `monument` is kind, significance, dating
    of a listed monument that is not a house.
    """

    name_uk: str
    name_en: str
    about: str
    at: Point = (0, 0)
    of: str = ""
    hours: str = ALWAYS
    price: int = 0
    monument: tuple[str, str, str] | None = None


# fmt: off
SIGHTS_UK: tuple[Sight, ...] = (
    Sight("Замкова гора", "Castle Hill", "Вали й рештки вежі замку XVI століття над Верболозою.",
          of="Парк «Замкова гора»",
          monument=("археології", "національного значення", "XII–XVII ст.")),
    Sight("Площа Ринок", "Market Square", "Торгова площа з кам’яницями; щосуботи ярмарок.",
          at=(6, 4), monument=("містобудування", "місцевого значення", "XVI–XIX ст.")),
    Sight("Калинобрідський краєзнавчий музей", "Kalynobrid Local History Museum",
          "Гончарство, цукрова справа, вишивка; крипта під музеєм.",
          of="Калинобрідський краєзнавчий музей", hours="Вт-Нд 10:00-18:00", price=40),
    Sight("Костел Святої Анни", "Saint Anne’s Church",
          "Бароковий костел; органні вечори щоп’ятниці.",
          of="Костел Святої Анни", hours="Пн-Нд 09:00-18:00"),
    Sight("Церква Святої Трійці", "Holy Trinity Church",
          "Розписи XVIII століття, різьблений іконостас.",
          of="Церква Святої Трійці", hours="Пн-Нд 08:00-19:00"),
    Sight("Палац культури «Верболоза»", "Verboloza Palace of Culture",
          "Модерністська мозаїка «Ріка» на фасаді, 1974 рік.",
          of="Палац культури «Верболоза»", hours="Пн-Сб 10:00-20:00"),
    Sight("Набережна Верболози", "Verboloza Embankment",
          "Прогулянка під липами вздовж старого міста.",
          of="Набережний парк"),
    Sight("Криничне джерело", "Spring Grove Spring",
          "Каптоване джерело з альтанкою, стежка довкола ставу.",
          of="Парк «Криничний гай»",
          monument=("ландшафтна", "щойно виявлений об’єкт", "XIX ст.")),
    Sight("Старі дуби Діброви", "Old Oaks of Dibrova", "Сім дубів, яким понад двісті років.",
          of="Лісопарк «Діброва»",
          monument=("садово-паркового мистецтва", "місцевого значення", "XIX ст.")),
    Sight("Цукровий завод 1873 року", "Sugar Factory of 1873",
          "Цегляні корпуси; екскурсії за записом.",
          of="Калинобрідський цукровий завод", hours="Сб 11:00-15:00", price=60),
    Sight("Вокзал Калинобрід", "Kalynobrid Railway Station", "Вокзал 1896 року з годинником.",
          of="Залізничний вокзал Калинобрід", hours="Цілодобово"),
    Sight("Вітряк у Яворовиці", "Yavorovytsia Windmill", "Відновлений вітряк на околиці села.",
          at=(-6020, -330), hours="Сб-Нд 11:00-17:00", price=30,
          monument=("науки і техніки", "щойно виявлений об’єкт", "1908")),
    Sight("Пасіка-музей у Пасічанці", "Pasichanka Bee Museum", "Бортництво, меди з восьми лук.",
          at=(-7280, -5340), hours="Вт-Нд 10:00-17:00", price=50),
    Sight("Курган «Висока могила»", "Vysoka Mohyla Mound", "Курган бронзової доби серед поля.",
          at=(2450, -5350), monument=("археології", "місцевого значення", "II тис. до н. е.")),
    Sight("Оглядова вежа над водосховищем", "Reservoir Viewing Tower",
          "Вежа для спостереження за птахами.",
          at=(-1820, 1080)),
)
# fmt: on
