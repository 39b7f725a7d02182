"""What a worker may be told: run a job, prove that you live. Unknown arguments of a newer version are ignored."""

from __future__ import annotations

from typing import Any

from intlcoop.celery import app
from intlcoop.jobs import broker_channel, health
from intlcoop.jobs.runner import run_job

broker_channel.repair()  # a worker imports its tasks before it connects


@app.task(name="jobs.run")
def run(job_id: str, **_later: Any) -> None:
    """One attempt at the job; nothing when somebody else holds it or it has ended."""
    health.beat(health.WORKER)
    run_job(job_id)


@app.task(name="jobs.probe")
def probe(**_later: Any) -> None:
    """A message that came through the queue proves more than a process that answers a ping."""
    health.beat(health.WORKER)
