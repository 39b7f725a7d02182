"""Jobs and the people around them."""

from __future__ import annotations

import datetime as dt
import uuid

import factory
from django.utils import timezone

from intlcoop.jobs.choices import JobState
from intlcoop.jobs.models import Job
from intlcoop.jobs.services import digest
from intlcoop.people.models import User

TRIAL = "trial"


class PersonFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = User

    username = factory.Sequence(lambda n: f"nguoi{n}")
    full_name = factory.Sequence(lambda n: f"Nguyễn Thị Thử {n}")
    email = factory.LazyAttribute(lambda person: f"{person.username}@example.vn")


class AdministratorFactory(PersonFactory):
    """Somebody without any appointment who made the portal: its first administrator."""

    is_superuser = True


class JobFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Job

    kind = TRIAL
    params = factory.Sequence(lambda n: {"number": n})
    params_sha256 = factory.LazyAttribute(lambda job: digest(job.params))
    created_at = factory.LazyFunction(lambda: timezone.now() - dt.timedelta(minutes=5))

    class Params:
        running = factory.Trait(
            state=JobState.RUNNING,
            attempt=1,
            lease_token=factory.LazyFunction(uuid.uuid4),
            lease_until=factory.LazyFunction(lambda: timezone.now() + dt.timedelta(seconds=15)),
        )
        abandoned = factory.Trait(
            running=True, lease_until=factory.LazyFunction(lambda: timezone.now() - dt.timedelta(seconds=20))
        )
        done = factory.Trait(state=JobState.DONE, attempt=1, finished_at=factory.LazyFunction(timezone.now))
        failed = factory.Trait(
            state=JobState.FAILED,
            attempt=3,
            finished_at=factory.LazyFunction(timezone.now),
            failure_reason="Máy chủ thư không trả lời.",
        )
