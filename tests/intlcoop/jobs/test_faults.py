"""What a kill, an outage or a repeated message may do to a job: delay it, never lose or double it.

Numbers in front are those of the fault list (reliability A5). The processes are real; only the kind of work is the tests'.
"""

from __future__ import annotations

import os
import signal
import uuid

import pytest

from intlcoop.jobs import publishing, registry, services
from intlcoop.jobs.choices import JobState
from intlcoop.jobs.models import Job
from intlcoop.jobs.wording import words_for
from tests.intlcoop.jobs.stack import Stack, database_of_its_own, wait_until
from tests.intlcoop.jobs.trial_app import work

LEASE = 5  # seconds

pytestmark = [pytest.mark.stack, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def stack(broker, tmp_path, monkeypatch):
    """A worker and a sweeper on a broker and a database of their own. The lease is a third of production's."""
    monkeypatch.setattr(registry, "_kinds", dict(registry._kinds))
    for kind in work.KINDS:
        registry.register(kind)
    broker.start()
    with database_of_its_own() as url:
        made = Stack(broker, url, tmp_path, lease=LEASE, renew=1.5)
        made.start_worker()
        made.start_sweeper()
        wait_until(lambda: "ready." in made.log("worker"), 40, "the worker is ready")
        yield made
        made.stop()


def order(folder, seconds):
    return services.enqueue(work.SLOW, {"folder": str(folder), "seconds": seconds, "order": str(uuid.uuid4())})


def runs(folder, job):
    """The processes that began this job, in order."""
    path = folder / f"{job.pk}.runs"
    return [int(line) for line in path.read_text().split()] if path.exists() else []


def parts(folder):
    return list((folder / "out").glob("*.part"))


def all_done(*jobs):
    return Job.objects.filter(pk__in=[job.pk for job in jobs], state=JobState.DONE).count() == len(jobs)


def assert_exactly_once(folder, *jobs):
    """Each job is done, has one file and one effect; nothing else lies about."""
    assert parts(folder) == []
    results = [Job.objects.get(pk=job.pk).result for job in jobs]
    assert sorted(path.name for path in (folder / "out").iterdir()) == sorted(result["file"] for result in results)
    effects = Job.objects.filter(kind=work.EFFECT).values_list("params__of", flat=True)
    assert sorted(effects) == sorted(str(job.pk) for job in jobs)
    assert [finding for finding in registry.run_invariants() if finding.ok is False] == []


def test_no_fault_loses_or_doubles_a_job(stack, broker, tmp_path):
    """One fault after the other on one stack, because starting one takes seconds."""
    jobs = [
        kill_a_child(tmp_path),
        kill_the_worker(stack, tmp_path),
        repeat_a_message(tmp_path),
        *flush_the_broker(tmp_path),
        *take_the_broker_away(stack, broker, tmp_path),
    ]
    wait_until(lambda: not Job.objects.live().exists(), 10, "all effects are done")
    killed, unharmed = jobs[:2], jobs[2:]
    assert [len(runs(tmp_path, job)) for job in killed] == [2, 2]
    assert [len(runs(tmp_path, job)) for job in unharmed] == [1] * len(unharmed)
    assert_exactly_once(tmp_path, *jobs)
    assert stack.terminate("sweeper") == 0


def kill_a_child(folder):
    """F01: the child dies in the middle of its file; another one takes over after the lease and a round of the sweeper."""
    job = order(folder, seconds=2)
    wait_until(lambda: parts(folder), 20, "the job writes its file")
    os.kill(runs(folder, job)[0], signal.SIGKILL)
    wait_until(lambda: all_done(job), LEASE + 12, "the job is done by another child")
    return job


def kill_the_worker(stack, folder):
    """F02: the worker dies with its children. The page says so, and the next worker finishes the job."""
    job = order(folder, seconds=2)
    wait_until(lambda: parts(folder), 20, "the job writes its file")
    stack.kill("worker")
    wait_until(lambda: Job.objects.get(pk=job.pk).state == JobState.QUEUED, LEASE + 5, "the job waits again")
    left = Job.objects.get(pk=job.pk)
    assert left.failure_reason in words_for(left).sentence
    stack.start_worker()
    wait_until(lambda: all_done(job), 30, "the job is done by the new worker")
    return job


def repeat_a_message(folder):
    """F11: twenty messages for one job."""
    job = order(folder, seconds=1)
    for _time in range(20):
        publishing.nudge([job.pk], insist=True)
    wait_until(lambda: all_done(job), 15, "the repeated job is done")
    return job


def flush_the_broker(folder):
    """F08: the broker forgets everything while two jobs run and one waits."""
    jobs = [order(folder, seconds=1) for _ in range(3)]
    publishing._with_line(lambda line: publishing._server(line).flushall())
    wait_until(lambda: all_done(*jobs), 30, "what the broker forgot is done")
    return jobs


def take_the_broker_away(stack, broker, folder):
    """F05: orders are taken without a broker and done once it is back. The job that ran meanwhile never noticed."""
    busy = order(folder, seconds=4)
    wait_until(lambda: runs(folder, busy), 10, "a job runs")
    broker.kill()
    wait_until(lambda: publishing.waiting_messages() is None, 5, "the broker is away")
    waiting = [order(folder, seconds=0.2) for _ in range(5)]
    broker.start()
    wait_until(lambda: all_done(busy, *waiting), 30, "what was ordered without a broker is done")
    assert stack.processes["worker"].poll() is None
    return [busy, *waiting]
