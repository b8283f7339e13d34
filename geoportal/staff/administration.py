"""The administration is for those who may do something in it; others have their work here."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect

Index = Callable[..., HttpResponseBase]


def lead_to_layers(index: Index) -> Index:
    """The first page of the administration; who has no permission there is led to the layers."""

    @wraps(index)
    def choose(request: HttpRequest, *args: Any, **given: Any) -> HttpResponseBase:
        if not admin.site.get_app_list(request):
            return redirect("staff:layers")
        return index(request, *args, **given)

    return choose
