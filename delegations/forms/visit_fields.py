"""How the forms of a visit read what people write: an hour, whoever receives, the body of the guests."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from agreements.choosing import PartnerField
from agreements.queries.naming import partners_named
from delegations.forms.people import StaffBook
from intlcoop.people.choices import LANGUAGES

#: "9:30", "9h30", "9 giờ 30", "09.30", "14h", "14".
HOUR = re.compile(r"^\s*(\d{1,2})\s*(?:[:.hg]|giờ)?\s*(\d{1,2})?\s*(?:phút|p)?\s*$", re.IGNORECASE)
STAFF = re.compile(r"\((?P<username>[^()]+)\)\s*$")


LONGEST_BODY = 300


class HourField(forms.Field):
    """An hour as people write it: 9:30, 9h30, 14h."""

    widget = forms.TextInput

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault(
            "widget", forms.TextInput(attrs={"inputmode": "numeric", "placeholder": "9:30", "autocomplete": "off"})
        )
        super().__init__(**kwargs)

    def prepare_value(self, value: Any) -> Any:
        return f"{value:%H:%M}" if isinstance(value, dt.time) else value

    def to_python(self, value: Any) -> dt.time | None:
        if isinstance(value, dt.time) or value in self.empty_values or not str(value).strip():
            return value if isinstance(value, dt.time) else None
        found = HOUR.match(str(value))
        hour, minute = (int(found[1]), int(found[2] or 0)) if found else (99, 99)
        if hour > 23 or minute > 59:
            raise ValidationError(
                gettext("“%(value)s” is not an hour. Write for example 9:30 or 14h.") % {"value": str(value)[:40]}
            )
        return dt.time(hour, minute)

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return self.to_python(initial) != self.to_python(data)
        except ValidationError:
            return True


class BodyField(PartnerField):
    """The body of the guests: a partner of the list by one of its names, else the name as the body writes it itself."""

    def named(self, text: str) -> Any:
        return super().named(text) if self.is_listed(text) else text

    def is_listed(self, text: str) -> bool:
        return any(each.is_active or each.pk == self.keep for each in partners_named(text))

    def to_python(self, value: Any) -> Any:
        found = super().to_python(value)
        if isinstance(found, str) and len(str(value)) > LONGEST_BODY:
            raise ValidationError(gettext("Write at most %(n)s characters.") % {"n": LONGEST_BODY})
        return found


class VisitBook:
    """The lists from which the forms of a visit choose, read once per page."""

    def __init__(self, on: dt.date) -> None:
        self.staff = StaffBook(on)
        self.languages = LANGUAGES

    def host_named(self, text: str) -> Any:
        """Our person of this name, or None where the text names somebody who is not (alone) on the list."""
        written = STAFF.search(text)
        found = self.staff.by_username(written["username"]) if written else self.staff.by_name(text, "")
        return found.user if found else None

    def is_unknown_account(self, text: str) -> bool:
        """Written as the list writes our people, but nobody of the list."""
        written = STAFF.search(text)
        return bool(written and " " not in written["username"] and self.staff.by_username(written["username"]) is None)

    def written(self, user: Any) -> str:
        return f"{user.full_name} ({user.username})"


def hour_field(label: Any) -> HourField:
    return HourField(label=label, required=False, help_text=_("For example 9:30 or 14h."))
