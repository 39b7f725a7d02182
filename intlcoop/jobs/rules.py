"""Who may look at a job, stop it, start it again, and see the machinery."""

from __future__ import annotations

import rules

from intlcoop.jobs import registry
from intlcoop.jobs.models import Job
from intlcoop.people.models import User
from intlcoop.people.principals import principal_of


@rules.predicate
def ordered_it(user: User, job: Job | None) -> bool:
    return job is not None and user.pk is not None and job.requested_by_id == user.pk


@rules.predicate
def is_administrator(user: User) -> bool:
    return principal_of(user).is_administrator


@rules.predicate
def is_shown_by_its_kind(user: User, job: Job | None) -> bool:
    """The room above knows whose work this is: the file of a report, the case of a paper."""
    if job is None:
        return False
    kind = registry.find(job.kind)
    return kind is not None and kind.visible_to is not None and bool(kind.visible_to(user, job))


rules.add_perm("jobs.view_job", ordered_it | is_administrator | is_shown_by_its_kind)
rules.add_perm("jobs.cancel_job", ordered_it | is_administrator)
rules.add_perm("jobs.retry_job", ordered_it | is_administrator)
rules.add_perm("jobs.view_system", is_administrator)
