"""How the figures of a report are called on pages."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from reports.choices import Key
from reports.queries.figures import MONEY

NAMES: dict[Key, Any] = {
    Key.TOTAL: _("Outbound delegations"),
    Key.LED: _("Outbound delegations led by the ministry"),
    Key.ACCOMPANYING: _("Outbound delegations accompanying senior leaders"),
    Key.IN_PLAN: _("Outbound delegations in the plan"),
    Key.OUT_OF_PLAN: _("Outbound delegations outside the plan"),
    Key.INTER_AGENCY: _("Outbound delegations with other ministries, sectors or localities"),
    Key.PERSONS: _("Person-trips"),
    Key.COUNTRIES: _("Countries visited"),
    Key.VISITS: _("Inbound delegations"),
    Key.GUESTS: _("Guests of inbound delegations"),
    Key.GUEST_COUNTRIES: _("Countries of the inbound delegations"),
    Key.HOSTED: _("International events held"),
    Key.CHAIRED: _("International events held as rotating chair"),
    Key.EVENTS_ATTENDED: _("International events attended"),
    Key.SIGNED: _("Agreements signed"),
    Key.SIGNED_COUNTRIES: _("Countries with which agreements were signed"),
    Key.IN_FORCE: _("Agreements in force"),
    Key.AGREEMENTS: _("Agreements signed so far"),
    Key.DORMANT: _("Agreements under which nothing happened for long"),
    Key.ENDED: _("Agreements that ended"),
    Key.EXPIRING: _("Agreements that expire within the next 12 months"),
    Key.PARTNERS: _("Partners"),
    Key.NEW_PARTNERS: _("New partners"),
    Key.TRADITIONAL: _("Traditional partners"),
    Key.STRATEGIC: _("Strategic partners"),
    Key.PROJECTS: _("Projects and aid being carried out"),
    Key.PROJECTS_APPROVED: _("Projects and aid approved"),
    Key.PROJECTS_CLOSED: _("Projects and aid closed"),
    Key.KEPT: _("Commitments carried out"),
    Key.OVERDUE: _("Commitments overdue"),
    Key.OPEN: _("Commitments not finished"),
    Key.TREATY_REPORTS: _("National reports on conventions"),
    Key.TREATY_SENT: _("National reports sent to treaty bodies"),
    Key.TREATY_DEFENDED: _("National reports defended"),
    Key.MECHANISMS: _("Mechanisms of cooperation that we take part in"),
    Key.PROGRAMMES: _("Schemes and programmes being carried out"),
    Key.SESSIONS_HOSTED: _("Sessions of mechanisms that we held"),
    Key.SESSIONS_ATTENDED: _("Sessions of mechanisms that we attended"),
    Key.SESSIONS_MISSED: _("Sessions of mechanisms held without us"),
    Key.MEETINGS_HELD: _("Recurring meetings held"),
    Key.MEETINGS_ATTENDED: _("Recurring meetings attended"),
    Key.MEETINGS_MISSED: _("Recurring meetings not attended"),
    Key.TASKS: _("Coordination tasks"),
    Key.TRAININGS: _("Training courses"),
    Key.TRAINED: _("People taught"),
    Key.TRAININGS_FOREIGN: _("Training courses for foreign officials"),
    Key.REPORTS: _("Periodic and ad-hoc reports"),
    Key.COMMENTS: _("Comments on drafts"),
    Key.INTERNAL_MEETINGS: _("Internal meetings and conferences"),
    Key.LOCALITIES: _("Reports from localities"),
    Key.DOCUMENTS: _("Exchanges of documents"),
    Key.OUTREACH: _("Activities to spread and urge international commitments"),
    Key.PUBLICITY: _("Items of information in foreign languages"),
    Key.STAFF_QUOTA: _("Posts assigned to the department"),
    Key.STAFF_FILLED: _("Posts filled"),
    Key.STAFF_VACANT: _("Posts vacant"),
    Key.PLAN_LINES: _("Lines of the approved plans"),
    Key.PLAN_DONE: _("Lines of the plan carried out"),
    Key.PLAN_UNDER_WAY: _("Lines of the plan under way"),
    Key.PLAN_NOT_YET: _("Lines of the plan not yet begun"),
    Key.PLAN_MOVED: _("Lines of the plan moved to another year"),
    Key.PLAN_DROPPED: _("Lines of the plan not carried out"),
    Key.NEXT_OUTBOUND: _("Outbound delegations in the plan of next year"),
    Key.NEXT_INBOUND: _("Inbound delegations in the plan of next year"),
    Key.NEXT_EVENTS: _("International events in the plan of next year"),
    Key.UNITS_ASKED: _("Units that were asked to report"),
    Key.UNITS_SENT: _("Units that have sent their report"),
    Key.UNITS_MISSING: _("Units that have not sent their report"),
}
#: "money.outbound.planned.VND" without its currency.
MONEY_NAMES: dict[str, Any] = {
    "money.outbound.planned": _("Money planned for outbound delegations"),
    "money.outbound.spent": _("Money spent on outbound delegations, as settled"),
    "money.inbound.cost": _("Cost of receiving guests"),
    "money.events.planned": _("Money planned for events that we held"),
    "money.events.spent": _("Money spent on events that we held"),
    "money.projects.aid": _("Aid of the projects being carried out"),
    "money.projects.counterpart": _("Counterpart funds of the projects being carried out"),
    "money.projects.disbursed": _("Disbursed by projects, as they reported"),
}
#: The figures in groups, as a page lists them.
GROUPS: tuple[tuple[Any, tuple[Key, ...]], ...] = (
    (_("Outbound delegations"), (Key.TOTAL, Key.LED, Key.ACCOMPANYING, Key.IN_PLAN, Key.OUT_OF_PLAN, Key.INTER_AGENCY,
                                 Key.PERSONS, Key.COUNTRIES)),
    (_("Inbound delegations"), (Key.VISITS, Key.GUESTS, Key.GUEST_COUNTRIES)),
    (_("International events and meetings"), (Key.HOSTED, Key.CHAIRED, Key.EVENTS_ATTENDED, Key.MECHANISMS, Key.SESSIONS_HOSTED,
                                              Key.SESSIONS_ATTENDED, Key.SESSIONS_MISSED, Key.MEETINGS_HELD,
                                              Key.MEETINGS_ATTENDED, Key.MEETINGS_MISSED)),
    (_("Agreements and commitments"), (Key.SIGNED, Key.SIGNED_COUNTRIES, Key.IN_FORCE, Key.AGREEMENTS, Key.DORMANT, Key.ENDED,
                                       Key.EXPIRING, Key.KEPT, Key.OVERDUE, Key.OPEN, Key.TREATY_REPORTS, Key.TREATY_SENT,
                                       Key.TREATY_DEFENDED)),
    (_("Partners and projects"), (Key.PARTNERS, Key.NEW_PARTNERS, Key.TRADITIONAL, Key.STRATEGIC, Key.PROJECTS,
                                  Key.PROJECTS_APPROVED, Key.PROJECTS_CLOSED)),
    (_("Other work"), (Key.TASKS, Key.TRAININGS, Key.TRAINED, Key.TRAININGS_FOREIGN, Key.REPORTS, Key.COMMENTS,
                       Key.INTERNAL_MEETINGS, Key.LOCALITIES, Key.DOCUMENTS, Key.OUTREACH, Key.PUBLICITY)),
    (_("Plan and organisation"), (Key.PROGRAMMES, Key.PLAN_LINES, Key.PLAN_DONE, Key.PLAN_UNDER_WAY, Key.PLAN_NOT_YET,
                                  Key.PLAN_MOVED,
                                  Key.PLAN_DROPPED, Key.NEXT_OUTBOUND, Key.NEXT_INBOUND, Key.NEXT_EVENTS, Key.STAFF_QUOTA,
                                  Key.STAFF_FILLED, Key.STAFF_VACANT, Key.UNITS_ASKED, Key.UNITS_SENT, Key.UNITS_MISSING)),
)  # fmt: skip


def figure_name(key: str) -> str:
    """The name of a figure, or of a sum of money with its currency."""
    if key.startswith(MONEY):
        name, _dot, currency = key.rpartition(".")
        return f"{MONEY_NAMES.get(name, name)} ({currency})"
    return str(NAMES[Key(key)])
