"""The lifecycle of projects and aid as a table (domain.md C2), and what follows from each transition."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from agreements.aid import ProjectFile
from agreements.aid import ProjectState as S
from agreements.guards import projects as guards
from agreements.queries import projects as queries
from agreements.queries.people import keepers_of
from agreements.services import project_reports, projects
from intlcoop.workflow import engine, notices
from intlcoop.workflow.binding import compare_exactly
from intlcoop.workflow.choices import Facet, Phase
from intlcoop.workflow.effects import stop_route, tell_icd
from intlcoop.workflow.lifecycle import Lifecycle, Transition
from intlcoop.workflow.registry import FileKind
from intlcoop.workflow.route_transitions import give_up, reject, reopen, send_back, submit, withdraw

if TYPE_CHECKING:
    from collections.abc import Callable

    from intlcoop.people.models import User
    from intlcoop.workflow.models import Case, StatusChange


def act_page(act: str) -> Callable[[Case], str]:
    """The page that asks for days and papers before the transition fires."""
    return lambda case: reverse("agreements:project_act", args=[case.number, act])


def tell_keepers(case: Case, change: StatusChange, actor: User | None) -> None:
    notices.tell(
        case,
        keepers_of(case, without=actor),
        event_key=f"status-{change.pk}",
        ending=str(S(change.to_state).label),
        text=change.comment,
    )


def note_approval(case: Case, change: StatusChange, actor: User | None) -> None:
    projects.note_approval(guards.of(case), timezone.localdate(change.at))


def note_old_approval(case: Case, change: StatusChange, actor: User | None) -> None:
    """Of a file that comes from records: who was to be told has been told."""
    projects.note_approval(guards.of(case), timezone.localdate(change.at), owes=False)


def tell_approved(case: Case, change: StatusChange, actor: User | None) -> None:
    notices.tell(
        case,
        keepers_of(case, without=actor),
        event_key=f"status-{change.pk}",
        ending=gettext("approved"),
        text=gettext("It is approved. The file shows who is to be told and until when; record the beginning there."),
    )


def go_on(case: Case, change: StatusChange, actor: User | None) -> None:
    """One that had begun before the adjustment goes on at once, with its reports laid out again."""
    project = guards.of(case)
    if project.started_on is not None:
        engine.apply(case, PROJECT["go_on"], actor=None)


def lay_out_reports(case: Case, change: StatusChange, actor: User | None) -> None:
    project_reports.lay_out_reports(guards.of(case), timezone.localdate(change.at))


def owe_completion(case: Case, change: StatusChange, actor: User | None) -> None:
    project_reports.owe_completion(guards.of(case), timezone.localdate(change.at))


def owe_nothing(case: Case, change: StatusChange, actor: User | None) -> None:
    project_reports.drop_owed(guards.of(case))


def open_again(case: Case, change: StatusChange, actor: User | None) -> None:
    project = guards.of(case)
    project_reports.drop_completion(project)
    project.closed_on = None
    project.save(update_fields=["closed_on"])
    project_reports.lay_out_reports(project, timezone.localdate(change.at))


def keep_what_was_approved(case: Case, change: StatusChange, actor: User | None) -> None:
    """An adjustment that is refused leaves the project as it was approved."""
    if guards.of(case).approved_on is not None:
        engine.apply(case, PROJECT["restore"], actor=actor, comment=change.comment)


def restore_approved(case: Case, change: StatusChange, actor: User | None) -> None:
    projects.restore_approved(guards.of(case), actor=actor)


EDITABLE = (S.MOBILISING, S.RETURNED, S.APPRAISAL, S.ADJUSTING)

PROJECT = Lifecycle(
    states=S,
    initial=S.MOBILISING,
    editable=EDITABLE,
    in_route=(S.APPRAISAL,),
    returned="return",
    rejected="reject",
    phase_ends={Phase.APPROVAL: "approve"},
    transitions=(
        submit(
            _("Submit for appraisal"),
            sources=(S.MOBILISING, S.RETURNED, S.ADJUSTING),
            target=S.APPRAISAL,
            guards=guards.SUBMISSION_GUARDS,
            then=(tell_icd,),
        ),
        withdraw(source=S.APPRAISAL, target=S.MOBILISING, rule="agreements.withdraw_project"),
        withdraw(
            source=S.APPRAISAL,
            target=S.ADJUSTING,
            rule="agreements.withdraw_project_change",
            name="withdraw_change",
            label=_("Withdraw the adjustment"),
        ),
        send_back(sources=(S.APPRAISAL,), target=S.RETURNED),
        Transition(
            name="approve",
            label=_("Approve"),
            sources=(S.APPRAISAL,),
            target=S.APPROVED,
            guards=(guards.dossier_is_complete,),
            effects=(note_approval, tell_approved, go_on),
        ),
        reopen(source=S.APPROVED, target=S.APPRAISAL),
        reject(sources=(S.APPRAISAL,), target=S.REJECTED, then=(keep_what_was_approved,)),
        Transition(
            name="restore",
            label=_("Go on as approved before"),
            sources=(S.REJECTED,),
            target=S.APPROVED,
            effects=(restore_approved, go_on),
        ),
        Transition(
            name="start",
            label=_("Record the beginning"),
            sources=(S.APPROVED,),
            target=S.IMPLEMENTING,
            rule="agreements.keep_project",
            guards=(guards.may_begin,),
            effects=(lay_out_reports, tell_keepers),
            page=act_page("bat-dau"),
        ),
        Transition(
            name="go_on",
            label=_("Go on"),
            sources=(S.APPROVED,),
            target=S.IMPLEMENTING,
            effects=(lay_out_reports,),
        ),
        Transition(
            name="close",
            label=_("Close the project"),
            sources=(S.IMPLEMENTING,),
            target=S.CLOSED,
            rule="agreements.keep_project",
            guards=(guards.may_close,),
            effects=(owe_completion, tell_keepers),
            page=act_page("ket-thuc"),
        ),
        Transition(
            name="open_again",
            label=_("Open again"),
            sources=(S.CLOSED,),
            target=S.IMPLEMENTING,
            rule="agreements.withdraw_approval",
            needs_comment=True,
            effects=(open_again, tell_keepers),
        ),
        Transition(
            name="adjust",
            label=_("Adjust the project"),
            sources=(S.APPROVED, S.IMPLEMENTING),
            target=S.ADJUSTING,
            rule="agreements.adjust_project",
            needs_comment=True,
            effects=(stop_route, tell_keepers),
            help=_("What changes goes the same route again; a matter of the Prime Minister's goes to him."),
        ),
        Transition(
            name="drop_change",
            label=_("Give up the adjustment"),
            sources=(S.ADJUSTING, S.RETURNED),
            target=S.APPROVED,
            rule="agreements.withdraw_project_change",
            effects=(stop_route, restore_approved, go_on),
        ),
        Transition(
            name="withdraw_approval",
            label=_("Record that the approval was withdrawn"),
            sources=(S.APPROVED, S.IMPLEMENTING),
            target=S.WITHDRAWN,
            rule="agreements.withdraw_approval",
            guards=(guards.withdrawal_is_decided,),
            effects=(owe_nothing, tell_keepers),
            destructive=True,
            page=act_page("thu-hoi"),
        ),
        give_up(
            "cancel",
            _("Give up mobilising"),
            sources=(S.MOBILISING, S.RETURNED, S.APPRAISAL),
            target=S.CANCELLED,
            rule="agreements.withdraw_project",
        ),
        Transition(
            name="import",
            label=_("Import from records"),
            sources=(S.MOBILISING,),
            target=S.APPROVED,
            effects=(note_old_approval, go_on),
        ),
    ),
)


def project_kind() -> FileKind:
    return FileKind(
        code="project",
        prefix="DA",
        label=_("Project or aid"),
        lifecycle=PROJECT,
        summary=queries.project_summary,
        facts=queries.ProjectFacts,
        facts_of=queries.project_facts,
        content_of=queries.project_content,
        comparators=dict.fromkeys((Facet.PROGRAMME, Facet.MONEY, Facet.TIME_PLACE), compare_exactly),
        attachment_kinds=dict(ProjectFile.choices),
        readable=queries.readable_project,
        decision_facts=queries.decision_facts,
        warnings=guards.project_cautions,
        history=queries.project_history,
        edit_url=queries.project_edit_url,
        opened_to=queries.opened_to,
        matching=queries.matching_projects,
    )
