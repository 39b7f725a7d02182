"""What keeps a project from being submitted, begun, closed or withdrawn: the sentences that the user reads."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _

from agreements.aid import AidNature, AidTopic, MoneySource
from agreements.choices import PartnerKind
from agreements.guards.cautions import Finding
from agreements.guards.dossier import ItemState, attached_kinds, dossier_of, lacking
from agreements.models import ForeignFundedProject
from agreements.queries.projects import legal_values
from intlcoop.regulations.models import Instrument
from intlcoop.vietnamese.dates import table_date

if TYPE_CHECKING:
    from intlcoop.workflow.models import Case

DECREE = "80/2020/NĐ-CP"
ARTICLE_7 = "Nghị định 80/2020/NĐ-CP, Điều 7; cần đối chiếu Nghị định 313/2025/NĐ-CP"
NGOS = (PartnerKind.INGO, PartnerKind.NGO)


def of(case: Case) -> ForeignFundedProject:
    project = ForeignFundedProject.objects.get(case=case)
    project.case = case
    return project


# --- submission -----------------------------------------------------------------------------------------------------


def has_donors(case: Case) -> str | None:
    return None if case.project.donors.exists() else _("Name at least one donor.")


def has_aid(case: Case) -> str | None:
    given = case.project.amounts.filter(source=MoneySource.GRANT, amount__gt=0)
    return None if given.exists() else _("Enter the amount of the aid and its currency.")


def has_days(case: Case) -> str | None:
    project = of(case)
    if project.starts_on and project.ends_on:
        return None
    return _("Enter from when until when it is to be carried out.")


def items_of(project: ForeignFundedProject, on: dt.date) -> list[ItemState]:
    """The dossier of a project, item by item, as it stands."""
    return dossier_of("project", legal_values(project), attached_kinds(project.case), project, on)


def dossier_is_complete(case: Case) -> list[str]:
    project = of(case)
    return lacking(items_of(project, timezone.localdate()))


SUBMISSION_GUARDS = (has_donors, has_aid, has_days, dossier_is_complete)


# --- afterwards -----------------------------------------------------------------------------------------------------


def may_begin(case: Case) -> list[str]:
    """With the decision in hand, and not before it."""
    project, today, found = of(case), timezone.localdate(), []
    if not project.decision_number.strip() or project.decided_on is None:
        found.append(_("Enter number and date of the decision of approval."))
    elif project.decided_on > today:
        found.append(_("The date of the decision lies in the future."))
    if project.started_on is None:
        found.append(_("Enter the day on which the project was begun."))
    elif project.started_on > today:
        found.append(_("The day of the beginning lies in the future. Record it when the project has begun."))
    elif project.decided_on and project.started_on < project.decided_on:
        found.append(
            _("The project cannot have begun before the decision of approval of %(day)s.")
            % {"day": table_date(project.decided_on)}
        )
    return found


def may_close(case: Case) -> list[str]:
    project, today, found = of(case), timezone.localdate(), []
    if project.closed_on is None:
        found.append(_("Enter the day on which the project was closed."))
    elif project.closed_on > today:
        found.append(_("The day of closing lies in the future. Record it when the project is closed."))
    elif project.started_on and project.closed_on < project.started_on:
        found.append(_("The project cannot be closed before it was begun."))
    if not project.result.strip():
        found.append(_("Say what came of the project."))
    return found


def withdrawal_is_decided(case: Case) -> list[str]:
    project = of(case)
    if not project.withdrawal_number.strip() or project.withdrawn_on is None:
        return [_("Enter number and date of the decision that withdraws the approval.")]
    if project.withdrawn_on > timezone.localdate():
        return [_("The date of the decision lies in the future.")]
    if project.approved_on and project.withdrawn_on < project.approved_on:
        return [
            _("The approval was given on %(day)s and cannot have been withdrawn before.")
            % {"day": table_date(project.approved_on)}
        ]
    return []


# --- cautions -------------------------------------------------------------------------------------------------------


def project_cautions(case: Case) -> list[Finding]:
    """What whoever decides should see: the Prime Minister's matters, the law that changed, money and donor that do not fit."""
    project, found = of(case), []
    if project.topic != AidTopic.NONE:
        text = _("The Prime Minister approves aid of this kind: %(topic)s.") % {"topic": project.get_topic_display()}
        found.append(Finding(text=text, citation=ARTICLE_7, needs_check=True))
    if project.nature == AidNature.ODA:
        text = _("Official development assistance has rules of its own; check who approves it before submitting.")
        found.append(Finding(text=text, needs_check=True))
    kinds = set(project.donors.values_list("partner__kind", flat=True))
    if kinds and project.nature == AidNature.NGO and not kinds & set(NGOS):
        found.append(Finding(text=_("The money is called aid of an NGO, but no donor is an NGO.")))
    if kinds and project.nature != AidNature.NGO and kinds <= set(NGOS):
        found.append(Finding(text=_("All donors are NGOs, but the money is not called aid of an NGO.")))
    if law := superseded_law(timezone.localdate()):
        found.append(Finding(text=law, needs_check=True))
    return found


def superseded_law(on: dt.date) -> str:
    """That the rules shown here are those of a decree that was replaced; "" while it is in force."""
    decree = Instrument.objects.select_related("replaced_by").filter(symbol=DECREE).first()
    if decree is None or decree.replaced_by is None or decree.effective_to is None or decree.effective_to >= on:
        return ""
    return _(
        "Dossier, route and terms follow Decree %(old)s, which %(new)s replaced from %(day)s. Check them against the new one."
    ) % {
        "old": decree.symbol,
        "new": decree.replaced_by.symbol,
        "day": table_date(decree.effective_to + dt.timedelta(days=1)),
    }
