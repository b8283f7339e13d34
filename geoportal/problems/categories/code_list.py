"""Categories as a list that a field of a layer may name: the address of Open311's services."""

from typing import Final
from urllib.parse import urlsplit

from django.utils.translation import gettext_lazy as _

from geoportal.problems.models import Category
from importers.checks.code_lists.code_list import (
    CodeList,
    LookUp,
    look_among,
    register_code_list,
)
from layers.models import Layer, LayerField

TITLE: Final = _("categories of problems")
ADDRESS: Final = "/open311/v2/services.json"


def fits(layer: Layer, field: LayerField) -> bool:
    return urlsplit(field.code_list).path == ADDRESS


def read() -> LookUp:
    categories = Category.objects.filter(is_public=True)
    return look_among(TITLE, {category.code: category.title_uk for category in categories})


register_code_list(CodeList(TITLE, fits, read))
