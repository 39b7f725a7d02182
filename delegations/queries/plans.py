"""What the engine and the pages ask of an annual plan and of its revisions."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q, QuerySet, Sum
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from delegations import estimating
from delegations.choices import FundingSource, LineState, PlanKind, PlanState, RequestState, RevisionState
from delegations.models import AnnualPlan, PlanLine, PlanRevision, RevisionChange
from delegations.queries.plan_values import differences, with_links
from delegations.queries.rates import RateBook
from intlcoop.people.principals import principal_of
from intlcoop.vietnamese.numbers import format_money
from intlcoop.workflow.registry import Related, Section, Summary

if TYPE_CHECKING:
    from intlcoop.people.models import User
    from intlcoop.workflow.models import Case


# --- the lines and what they add up to ---------------------------------------------------------------------------


def accepted(plan: AnnualPlan) -> QuerySet[PlanLine]:
    return plan.lines.filter(state=LineState.ACCEPTED)


def money_totals(lines: QuerySet[PlanLine]) -> list[tuple[str, str, int, Decimal]]:
    """(source, currency, its decimals, amount): never added up over currencies."""
    rows = lines.filter(amount__isnull=False, currency__isnull=False).order_by()
    grouped = rows.values_list("funding_source", "currency__code", "currency__decimals").annotate(total=Sum("amount"))
    return sorted(grouped, key=lambda row: (row[1] != "VND", row[1], row[0]))


def money_words(lines: QuerySet[PlanLine]) -> str:
    """ "1.250.000.000 VND (Ngân sách nhà nước); 20.000 USD (Phía mời chi trả)"."""
    return "; ".join(
        format_money(amount, code, decimals=decimals) + (f" ({FundingSource(source).label})" if source else "")
        for source, code, decimals, amount in money_totals(lines)
    )


def plan_amounts(cases: Sequence[Case]) -> dict[int, Decimal | None]:
    """What each plan comes to in đồng at the rates of today, by the id of its case or of its revision's; None without a rate."""
    ids = [case.pk for case in cases]
    plans = dict(AnnualPlan.objects.filter(case__in=ids).values_list("case_id", "pk"))
    plans |= dict(PlanRevision.objects.filter(case__in=ids).values_list("case_id", "plan_id"))
    rates, today = RateBook(), timezone.localdate()
    sums: dict[int, list[Decimal | None]] = {}
    lines = PlanLine.objects.filter(plan__in=set(plans.values()), state=LineState.ACCEPTED, amount__isnull=False)
    for plan, code, amount in lines.order_by().values_list("plan", "currency__code").annotate(total=Sum("amount")):
        rate = rates.near(code, today) if code else None
        sums.setdefault(plan, []).append(None if rate is None else estimating.rounded(amount * rate))
    return {pk: estimating.plus(sums.get(plans.get(pk, 0), ())) for pk in ids}


def counts_by_kind(plan: AnnualPlan) -> list[tuple[str, int]]:
    """(kind of line, how many stand in the plan), those that occur."""
    rows = dict(plan.lines.in_plan().order_by().values_list("kind").annotate(n=Count("pk")))
    return [(str(kind.label), rows[kind.value]) for kind in PlanKind if kind.value in rows]


def persons_planned(plan: AnnualPlan) -> int:
    return plan.lines.in_plan().filter(kind=PlanKind.OUTBOUND).aggregate(n=Sum("persons"))["n"] or 0


# --- for the engine: the plan ------------------------------------------------------------------------------------


def plan_content(case: Case) -> dict[str, Any]:
    """Every line in the plan as one text; fewer lines are less, a line that says something else is more."""
    lines = list(with_links(accepted(case.plan)).order_by("pk"))
    return {
        "programme": sorted(line_text(line) for line in lines),
        "money": {
            f"{source or '-'} {code}": str(amount) for source, code, _d, amount in money_totals(accepted(case.plan))
        },
        "wording": {"title": case.title, "basis": {str(line.pk): f"{line.basis}|{line.note}" for line in lines}},
    }


def line_text(line: PlanLine) -> str:
    countries = ",".join(sorted(country.iso2 for country in line.countries.all()))
    when = f"m{line.month or ''}q{line.quarter or ''}"
    parts = (
        line.pk, line.kind, line.title, line.unit_id, line.head_rank, line.leader_id, countries, line.partner_id,
        line.partner_text, line.purpose, line.purpose_text, when, line.persons, line.days,
    )  # fmt: skip
    return "|".join("" if part is None else str(part) for part in parts)


def plan_summary(case: Case) -> Summary:
    plan = case.plan
    lines = [(label, str(n)) for label, n in counts_by_kind(plan)]
    return Summary(
        title=case.title,
        where=str(plan.get_level_display()),
        when=year_words(plan.year),
        who="",
        url=reverse("delegations:plan", args=[case.number]),
        lines=((_("Year"), str(plan.year)), (_("Level"), str(plan.get_level_display())), *lines),
    )


def year_words(year: int) -> str:
    return _("year %(year)s") % {"year": year}


def plan_decision_facts(case: Case) -> list[tuple[str, Any]]:
    """What whoever decides on a plan sees before its table: size, money, who asked for it."""
    plan = case.plan
    counts = ", ".join(f"{label}: {n}" for label, n in counts_by_kind(plan))
    units = accepted(plan).order_by().values("unit").distinct().count()
    return [
        (_("Year"), plan.year),
        (_("Level"), plan.get_level_display()),
        (_("Lines"), counts),
        (_("Units with lines"), units),
        (_("People on outbound trips"), persons_planned(plan) or ""),
        (_("Money"), money_words(accepted(plan))),
        (_("Not taken in"), plan.lines.filter(state=LineState.DECLINED).count()),
    ]


def plan_context(case: Case, user: User) -> list[Section]:
    """The table of the plan, open beneath the facts: whoever decides reads every line without leaving the step."""
    lines = list(with_links(accepted(case.plan)).order_by("position", "pk"))
    return [
        Section(
            anchor="dong",
            title=_("Lines of the plan"),
            gist=_("%(n)s lines") % {"n": len(lines)},
            template="delegations/plans/_context.html",
            data={"lines": lines},
            is_open=True,
        )
    ]


def plan_history(case: Case) -> Related:
    return Related(rows=[case.plan], follow=[(PlanLine, "plan")])


def plan_url(case: Case) -> str:
    return reverse("delegations:plan", args=[case.number])


def plans_opened_to(user: User) -> QuerySet[Any]:
    """From the consultation on the ministry's people read a plan and remark on it (W000-06)."""
    plans = AnnualPlan.objects.filter(case__state__in=PlanState.OPEN_TO_UNITS)
    return (plans if principal_of(user).appointments else plans.none()).values("case_id")


# --- for the engine: a revision ----------------------------------------------------------------------------------


def taken_in(revision: PlanRevision) -> QuerySet[RevisionChange]:
    return revision.changes.filter(state=RequestState.ACCEPTED)


def revision_content(case: Case) -> dict[str, Any]:
    changes = taken_in(case.plan_revision).order_by("pk")
    return {
        "programme": sorted(f"{row.pk}|{row.action}|{row.line_id}|{sorted(row.after.items())}" for row in changes),
        "wording": {"title": case.title, "reason": case.plan_revision.reason},
    }


def revision_summary(case: Case) -> Summary:
    revision = case.plan_revision
    counts = dict(revision.changes.order_by().values_list("state").annotate(n=Count("pk")))
    return Summary(
        title=case.title,
        where=str(revision.plan.get_level_display()),
        when=year_words(revision.plan.year),
        who="",
        url=reverse("delegations:revision", args=[case.number]),
        lines=(
            (_("Plan"), str(revision.plan.title)),
            (_("Reason"), revision.reason),
            (_("Changes taken in"), str(counts.get(RequestState.ACCEPTED, 0))),
        ),
    )


def revision_decision_facts(case: Case) -> list[tuple[str, Any]]:
    """Every change with before and after, for whoever decides on them."""
    revision = case.plan_revision
    facts: list[tuple[str, Any]] = [
        (_("Plan"), revision.plan.title),
        (_("Version after approval"), revision.plan.version + 1),
        (_("Reason"), revision.reason),
    ]
    for row in taken_in(revision).select_related("line", "unit").order_by("pk"):
        said = "; ".join(change_words(row))
        facts.append((f"{row.get_action_display()} · {row.unit}", f"{said}. {row.reason}".strip(". ")))
    return facts


def change_words(row: RevisionChange) -> list[str]:
    """ "Tháng: 5 → 9" per field; of a new line and of one taken out their title."""
    if not row.before or not row.after:
        return [str((row.after or row.before).get("title", ""))]
    found = [f"{each.label}: {each.before or '–'} → {each.after or '–'}" for each in differences(row.before, row.after)]
    return [f"{row.line.position}. {row.line.title}", *found] if row.line else found


def revision_history(case: Case) -> Related:
    return Related(rows=[case.plan_revision], follow=[(RevisionChange, "revision")])


def revision_url(case: Case) -> str:
    return reverse("delegations:revision", args=[case.number])


def revisions_opened_to(user: User) -> QuerySet[Any]:
    """Units ask for changes while they are collected, and read what came of it."""
    revisions = PlanRevision.objects.filter(
        Q(case__state__in=RevisionState.LIVE) | Q(case__state=RevisionState.APPROVED)
    )
    return (revisions if principal_of(user).appointments else revisions.none()).values("case_id")


def live_revision(plan: AnnualPlan) -> PlanRevision | None:
    return plan.revisions.filter(case__state__in=RevisionState.LIVE).select_related("case").first()
