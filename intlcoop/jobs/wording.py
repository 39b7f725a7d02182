"""What a person reads about a job: one badge and one sentence."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext

from intlcoop.jobs import registry
from intlcoop.jobs.choices import JobState
from intlcoop.jobs.health import worker_is_alive
from intlcoop.jobs.models import Job
from intlcoop.web.display import Badge, Tone


@dataclass(frozen=True, slots=True)
class JobWords:
    """`percent` is None while there is no progress to show; `url` leads to the result."""

    title: str
    subject: str
    badge: Badge
    sentence: str
    percent: int | None = None
    url: str | None = None


def kind_label(code: str) -> str:
    """The name of a kind; its code when this version of the portal does not know it."""
    kind = registry.find(code)
    return str(kind.label) if kind else code


def words_for(job: Job) -> JobWords:
    """How the job stands now. Up to three cheap queries while it is live, none afterwards."""
    kind = registry.find(job.kind)
    subject = kind.describe(job) if kind and kind.describe else ""
    badge, sentence = _standing(job)
    percent = job.progress if job.state == JobState.RUNNING else None
    url = kind.result_url(job) if kind and kind.result_url and job.state == JobState.DONE else None
    return JobWords(kind_label(job.kind), subject, badge, sentence, percent, url)


def _standing(job: Job) -> tuple[Badge, str]:
    match job.state:
        case JobState.QUEUED:
            return _waiting(job)
        case JobState.RUNNING:
            return _running(job)
        case JobState.DONE:
            return Badge(gettext("Done"), Tone.DONE), ""
        case JobState.FAILED:
            return Badge(gettext("Failed"), Tone.LATE), job.failure_reason
    return Badge(gettext("Cancelled"), Tone.QUIET), ""


def _waiting(job: Job) -> tuple[Badge, str]:
    badge = Badge(gettext("Waiting"), Tone.WAITING)
    if not worker_is_alive():
        return badge, gettext(
            "The processor is not running. The work is recorded and starts by itself once it runs again."
        )
    if job.attempt:
        return (
            Badge(gettext("Interrupted"), Tone.WAITING),
            gettext("%(reason)s It runs again by itself: attempt %(next)s of %(all)s.")
            % {"reason": job.failure_reason, "next": job.attempt + 1, "all": job.max_attempts},
        )
    place = Job.objects.ahead_of(job).count() + 1
    return badge, gettext("Number %(place)s in the queue.") % {"place": place}


def _running(job: Job) -> tuple[Badge, str]:
    if not Job.objects.held().filter(pk=job.pk).exists():
        return (
            Badge(gettext("Interrupted"), Tone.WAITING),
            gettext("The processor stopped in the middle of the work. It will run again by itself."),
        )
    if job.cancel_requested_at is not None:
        return Badge(gettext("Being cancelled"), Tone.WAITING), gettext("The work stops at its next step.")
    return Badge(gettext("In progress"), Tone.INFO), job.progress_note
