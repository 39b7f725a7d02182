"""Slow work that leaves traces: who ran it, the file that it made, and one effect per finished job."""

from __future__ import annotations

import os
import time
from pathlib import Path

from intlcoop.jobs.context import JobContext
from intlcoop.jobs.models import Job
from intlcoop.jobs.outputs import keep_output
from intlcoop.jobs.registry import JobKind
from intlcoop.jobs.services import enqueue

SLOW = "slow"
EFFECT = "effect"


def run_slowly(context: JobContext) -> dict[str, object]:
    """Write a file line by line for `seconds`; the first line says that the file is begun."""
    folder = Path(context.params["folder"])
    with (folder / f"{context.job.pk}.runs").open("a") as runs:
        runs.write(f"{os.getpid()}\n")

    def write(path: Path) -> None:
        lines = 20
        with path.open("w") as part:
            for line in range(lines):
                part.write(f"{line}\n")
                part.flush()
                context.progress(line * 100 // lines, "Đang viết")
                time.sleep(context.params["seconds"] / lines)
            part.write(str(context.job.pk))

    kept = keep_output(folder / "out", context.job.pk, context.token, ".txt", write)
    return {"file": kept.path.name, "sha256": kept.sha256}


def leave_effect(job: Job, result: dict[str, object]) -> None:
    enqueue(EFFECT, {"of": str(job.pk)}, idempotency_key=None)


KINDS = (
    JobKind(code=SLOW, label="Việc chậm", run=run_slowly, on_done=leave_effect),
    JobKind(code=EFFECT, label="Hệ quả", run=lambda context: {}, unique=False),
)
