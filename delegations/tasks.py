"""Work of this room that takes time or comes by itself: the leader's slip, and trips that depart and come back."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

from django.core.files.storage import default_storage
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from delegations.exports import particulars as p
from delegations.exports.change_submission import change_slip_html
from delegations.exports.slip import SLIP_CSS, slip_html
from delegations.workflows import move_events_with_the_calendar, move_visits_with_the_calendar, move_with_the_calendar
from intlcoop.documents.guard import CONTENT_TYPES
from intlcoop.documents.models import FOLDER
from intlcoop.documents.registry import file_url
from intlcoop.exporting.decree30 import DECREE30_CSS
from intlcoop.exporting.pdf import render_pdf
from intlcoop.jobs import registry
from intlcoop.jobs.context import JobContext
from intlcoop.jobs.errors import JobFailed
from intlcoop.jobs.models import Job
from intlcoop.jobs.outputs import keep_output
from intlcoop.jobs.registry import JobKind
from intlcoop.people.models import User
from intlcoop.web.file_numbers import shown
from intlcoop.workflow.models import Case, CaseAttachment
from intlcoop.workflow.papers_shown import ATTACHMENTS

SLIP = "submission_slip"
CHANGE = "trip_change"
CALENDAR = "trips_move_with_the_calendar"
#: Below the folder whose orphans are collected, so that a slip whose row was never written does not stay.
SLIPS = f"{FOLDER}/phieu-trinh"


def make_slip(context: JobContext) -> dict[str, Any]:
    """Print the slip from the file as it stands now. Raises JobFailed when the file is gone."""
    case = Case.objects.filter(pk=context.params["case"]).first()
    if case is None:
        raise JobFailed("Không còn hồ sơ để lập phiếu trình.", final=True)
    context.progress(20, "Đang lập phiếu trình")
    with p.in_vietnamese():
        html = change_slip_html(case) if case.kind == CHANGE else slip_html(p.load(case.number))
        pdf = render_pdf(html, stylesheets=[DECREE30_CSS, SLIP_CSS], title=f"Phiếu trình {shown(case.number)}")
    folder = Path(default_storage.path(SLIPS))
    output = keep_output(folder, context.job.pk, context.token, ".pdf", lambda part: part.write_bytes(pdf))
    return {"name": f"{SLIPS}/{output.path.name}", "sha256": output.sha256, "size": output.size, "number": case.number}


def keep_slip(job: Job, result: dict[str, Any]) -> None:
    """Put the slip among the files of the case; an older one is withdrawn, its row stays."""
    slips = CaseAttachment.objects.current().filter(case_id=job.params["case"], kind="slip")
    now = timezone.now()
    for old in slips:
        old.withdrawn_at = now
        old.save(update_fields=["withdrawn_at"])
    CaseAttachment.objects.create(
        case_id=job.params["case"],
        kind="slip",
        file=result["name"],
        original_name=f"phieu-trinh-{result['number']}.pdf",
        content_type=CONTENT_TYPES["pdf"],
        size=result["size"],
        sha256=result["sha256"],
        text_layer=True,
        uploaded_by=job.requested_by,
        uploaded_at=now,
    )


def slip_url(job: Job) -> str | None:
    slip = CaseAttachment.objects.filter(
        case_id=job.params["case"], kind="slip", sha256=job.result.get("sha256", "")
    ).last()
    return file_url(ATTACHMENTS, slip, view=True) if slip else None


def may_see_slip(user: User, job: Job) -> bool:
    return Case.objects.visible_to(user).filter(pk=job.params["case"]).exists()


def slip_subject(job: Job) -> str:
    number = Case.objects.filter(pk=job.params["case"]).values_list("number", flat=True).first()
    return shown(number or "")


def move_trips(context: JobContext) -> dict[str, Any]:
    """Looks at all that is due by now, so that a day without a sweeper is made up for."""
    today = timezone.localdate()
    return {
        "moved": move_with_the_calendar(today),
        "visits": move_visits_with_the_calendar(today),
        "events": move_events_with_the_calendar(today),
    }


def register() -> None:
    registry.register(SLIP_KIND)
    registry.register(CALENDAR_KIND)
    registry.register_periodic(CALENDAR, at=dt.time(0, 5))


SLIP_KIND = JobKind(
    code=SLIP,
    label=_("Submission slip"),
    run=make_slip,
    on_done=keep_slip,
    visible_to=may_see_slip,
    describe=slip_subject,
    result_url=slip_url,
)
CALENDAR_KIND = JobKind(code=CALENDAR, label=_("Trips depart and come back"), run=move_trips)
