"""The lifecycle of a national report on a convention: drafted, opinions collected, submitted to the Prime Minister, approved,
sent, defended. There is no route: the department records what was decided outside (W000-01, W001-01)."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from agreements.choices import TreatyPaperKind
from agreements.choices import TreatyReportState as T
from agreements.guards import treaties as guards
from agreements.queries import treaties as queries
from intlcoop.workflow.lifecycle import Lifecycle, Transition
from intlcoop.workflow.registry import FileKind

RUN = "agreements.run_treaty_report"

TREATY_REPORT = Lifecycle(
    states=T,
    initial=T.DRAFTING,
    editable=(T.DRAFTING, T.CONSULTING, T.SUBMITTED, T.APPROVED, T.SENT),
    transitions=(
        Transition(
            name="consult",
            label=_("Record that opinions are being collected"),
            sources=(T.DRAFTING,),
            target=T.CONSULTING,
            rule=RUN,
            guards=(guards.bodies_are_asked,),
            primary=True,
        ),
        Transition(
            name="redraft",
            label=_("Draft again"),
            sources=(T.CONSULTING,),
            target=T.DRAFTING,
            rule=RUN,
            needs_comment=True,
        ),
        Transition(
            name="submit",
            label=_("Record the submission to the Prime Minister"),
            sources=(T.CONSULTING,),
            target=T.SUBMITTED,
            rule=RUN,
            guards=(guards.opinions_are_in, guards.submission_is_there),
            primary=True,
        ),
        Transition(
            name="send_back",
            label=_("Record that it came back for completion"),
            sources=(T.SUBMITTED,),
            target=T.CONSULTING,
            rule=RUN,
            needs_comment=True,
        ),
        Transition(
            name="approve",
            label=_("Record the Prime Minister's decision"),
            sources=(T.SUBMITTED,),
            target=T.APPROVED,
            rule=RUN,
            guards=(guards.decision_is_there,),
            primary=True,
        ),
        Transition(
            name="send",
            label=_("Record that it was sent"),
            sources=(T.APPROVED,),
            target=T.SENT,
            rule=RUN,
            guards=(guards.sending_is_known,),
            primary=True,
        ),
        Transition(
            name="defend",
            label=_("Record that it was defended"),
            sources=(T.SENT,),
            target=T.DEFENDED,
            rule=RUN,
            guards=(guards.defence_is_known,),
            primary=True,
        ),
        Transition(
            name="cancel",
            label=_("Give up this report"),
            sources=(T.DRAFTING, T.CONSULTING),
            target=T.CANCELLED,
            rule=RUN,
            needs_comment=True,
            destructive=True,
        ),
    ),
)


def treaty_report_kind() -> FileKind:
    return FileKind(
        code="treaty_report",
        prefix="BCQG",
        label=_("National report"),
        lifecycle=TREATY_REPORT,
        summary=queries.summary,
        content_of=queries.content,
        attachment_kinds=dict(TreatyPaperKind.choices),
        history=queries.history,
        edit_url=queries.edit_url,
        waits=queries.waits,
    )
