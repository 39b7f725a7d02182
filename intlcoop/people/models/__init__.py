"""WHO: users, the dated tree of units, who held which office when, what became of units, and who speaks which language."""

from intlcoop.people.models.languages import StaffLanguage
from intlcoop.people.models.offices import (
    WHOLE_DAYS,
    Appointment,
    Dated,
    DateRange,
    OfficeTitle,
    OrgUnit,
    Substitution,
    Supervision,
    User,
)
from intlcoop.people.models.reorganisation import UnitChange, UnitSuccession

__all__ = [
    "WHOLE_DAYS",
    "Appointment",
    "DateRange",
    "Dated",
    "OfficeTitle",
    "OrgUnit",
    "StaffLanguage",
    "Substitution",
    "Supervision",
    "UnitChange",
    "UnitSuccession",
    "User",
]
