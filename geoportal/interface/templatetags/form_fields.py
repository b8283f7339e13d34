"""One look for every field of a form: label, control, hint, error, tied together for readers."""

from django import forms, template

register = template.Library()


@register.inclusion_tag("includes/field.html")
def form_field(field: forms.BoundField, autofocus: bool = False) -> dict[str, object]:
    """The hint and the error are read with the control (`aria-describedby`)."""
    named = [f"{field.auto_id}-hint"] if field.help_text else []
    named += [f"{field.auto_id}-error"] if field.errors else []
    is_box = isinstance(field.field.widget, forms.CheckboxInput)
    attributes: dict[str, str | bool] = {} if is_box else {"class": "input"}
    if named:
        attributes["aria-describedby"] = " ".join(named)
    if field.errors:
        attributes["aria-invalid"] = "true"
    if autofocus:
        attributes["autofocus"] = True
    field.field.widget.attrs.pop("placeholder", None)
    return {"field": field, "control": field.as_widget(attrs=attributes), "is_box": is_box}
