"""A date as exactly as somebody knows it, and units to choose from: shared by the forms of mechanisms and conventions."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agreements.series import KnownDay, parse_known_day, typed_text
from intlcoop.people.models import OrgUnit
from intlcoop.web.forms import FIRST_DAY, LAST_DAY

#: What a month or a year lacks to be typed into the field of an exact day.
HELP = _("The day (08/04/2021), or only the month (04/2021) or the year (2021) if no more is known.")


class KnownDayField(forms.CharField):
    """Typed as 08/04/2021, 04/2021 or 2021; gives a KnownDay, which is false when nothing was typed."""

    default_error_messages = {
        "invalid": _("“%(value)s” is not a date. Write day/month/year, month/year or the year alone."),
        "out_of_range": _("The year of “%(value)s” must lie between 1900 and 2100."),
    }

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", HELP)
        super().__init__(max_length=40, **kwargs)
        self.widget.attrs |= {"autocomplete": "off", "placeholder": _("dd/mm/yyyy")}
        self.widget.attrs.pop("maxlength", None)

    def clean(self, value: Any) -> KnownDay:
        text = str(value or "")
        super().clean(text)
        try:
            known = parse_known_day(text)
        except ValueError as error:
            raise ValidationError(
                self.error_messages["invalid"], code="invalid", params={"value": text[:40]}
            ) from error
        if known.day is not None and not FIRST_DAY <= known.day <= LAST_DAY:
            raise ValidationError(self.error_messages["out_of_range"], code="range", params={"value": text[:40]})
        return known

    def prepare_value(self, value: Any) -> Any:
        return typed_text(value.day, value.precision) if isinstance(value, KnownDay) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        return str(self.prepare_value(initial) or "") != str(data or "")


def known(day: dt.date | None, precision: str) -> KnownDay:
    return KnownDay(day, precision)


def units_to_choose(chosen: int | None = None) -> QuerySet[OrgUnit]:
    """The units of today, and the one that the row has already."""
    today = timezone.localdate()
    living = OrgUnit.objects.on(today).values("pk")
    return OrgUnit.objects.filter(Q(pk__in=living) | Q(pk=chosen))
