"""Is every passport valid long enough (B.8)? Asked once its last day is known from this trip or an earlier one.

The sentence says whose passport and until when it has to be valid; when it ends is for those who prepare the trip.
"""

from __future__ import annotations

from django.utils.translation import gettext as _

from delegations.guards.findings import Warning_, warn
from delegations.guards.limits import Look
from delegations.queries.passports import passports_noted
from delegations.queries.preparation import add_months
from intlcoop.regulations.choices import ParameterKey
from intlcoop.vietnamese.dates import table_date
from intlcoop.web.file_numbers import shown


def passports_end_too_soon(look: Look) -> list[Warning_]:
    rule, departs_on = look.limits.get(ParameterKey.PASSPORT_VALIDITY), look.trip.departs_on
    if rule is None or departs_on is None:
        return []
    needed = add_months(departs_on, int(rule.value))
    noted = passports_noted(look.trip, look.people)
    here = _("The passport of %(name)s ends too soon: for this trip it has to be valid until %(day)s at least.")
    elsewhere = _(
        "The passport of %(name)s ends too soon by what was written down for trip %(number)s: for this trip it has to be "
        "valid until %(day)s at least. If there is a new passport, write it down in the preparation of this trip."
    )
    found = []
    for person, member in look.people.items():
        passport = noted.get(person)
        if passport is None or passport.ends_on >= needed:
            continue
        values = {"name": member.full_name, "day": table_date(needed), "number": shown(passport.number)}
        text = elsewhere if passport.number else here
        found.append(warn("passport_validity", text % values, rule, passport.number))
    return found
