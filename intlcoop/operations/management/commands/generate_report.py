"""`manage.py generate_report`: make a report through the same job as the web page, wait for it, write it to a file."""

from __future__ import annotations

import datetime as dt
import json
import os
import time
from argparse import ArgumentParser, ArgumentTypeError
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from intlcoop.jobs.choices import JobState
from intlcoop.jobs.health import worker_is_alive
from intlcoop.jobs.models import Job
from intlcoop.jobs.runner import run_job
from intlcoop.people.choices import Role
from intlcoop.people.models import User
from intlcoop.people.principals import principal_of
from intlcoop.vietnamese.dates import parse_date
from intlcoop.workflow.refusals import Refused
from reports.choices import OutputFormat, Variant, Window
from reports.exports.files import path_of
from reports.models import YearEndReport
from reports.services import order_report, report_json

LOOK_EVERY = 0.5  # seconds
#: Seconds without any sign of a worker after which waiting makes no sense.
PATIENCE = 15.0
NO_WORKER = 3  # exit code
FORMATS = (*OutputFormat.values, "json")
#: Kinds of contracts.md, with the arrangement that each means.
KINDS = {"year_end": Variant.ACTIVITY, "leader_session": Variant.LEADER_SESSION}


def day(text: str) -> dt.date:
    try:
        return parse_date(text)
    except ValueError as error:
        raise ArgumentTypeError(f"“{text}” không phải là ngày; viết 2026-12-09 hoặc 09/12/2026.") from error


class Command(BaseCommand):
    help = "Lập báo cáo tổng kết năm qua bộ xử lý, chờ đến khi xong và ghi ra tệp."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--kind", choices=KINDS, required=True, help="loại báo cáo")
        parser.add_argument("--variant", choices=Variant.values, default=None, help="cách sắp xếp, mặc định theo loại")
        parser.add_argument("--year", type=int, required=True, help="năm báo cáo")
        parser.add_argument("--format", choices=FORMATS, required=True, help="định dạng tệp")
        parser.add_argument("--output", type=Path, required=True, help="tệp kết quả")
        parser.add_argument(
            "--window",
            choices=[window for window in Window.values if window != Window.CUSTOM],
            default=Window.CALENDAR,
            help="kỳ báo cáo: năm dương lịch, năm thống kê, nửa năm (h1, h2) hoặc quý (q1 đến q4) của năm thống kê",
        )
        parser.add_argument(
            "--as-of", type=day, default=None, help="ngày tính số liệu, mặc định là cuối kỳ hoặc hôm nay"
        )
        parser.add_argument("--inline", action="store_true", help="tự lập trong tiến trình này, không cần bộ xử lý")

    def handle(self, *args: Any, **options: Any) -> None:
        target: Path = options["output"]
        if not target.parent.is_dir():
            raise CommandError(f"Không có thư mục {target.parent}.")
        try:
            report = order_report(
                options["year"],
                options["window"],
                options["as_of"],
                actor=administrator(),
                variant=options["variant"] or KINDS[options["kind"]],
            )
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"{report}: đã ghi nhận yêu cầu.")
        self._wait(report, inline=options["inline"])
        report = YearEndReport.objects.select_related("case").get(pk=report.pk)
        write_whole(target, content_of(report, options["format"]))
        self.stdout.write(self.style.SUCCESS(f"{report}: đã ghi {target} ({target.stat().st_size} byte)."))

    def _wait(self, report: YearEndReport, *, inline: bool) -> None:
        """Until the job has ended. Raises CommandError when it failed, was cancelled, or nobody works on it."""
        said, seen = "", time.monotonic()
        while True:
            job = Job.objects.get(pk=report.job_id)
            if (line := line_of(job)) != said:
                said = line
                self.stdout.write(f"{report}: {line}")
            if not job.is_live:
                break
            if inline:
                if Job.objects.due().filter(pk=job.pk).exists():
                    run_job(job.pk)
            elif worker_is_alive():
                seen = time.monotonic()
            elif time.monotonic() - seen > PATIENCE:
                raise CommandError(no_worker(report), returncode=NO_WORKER)
            time.sleep(LOOK_EVERY)
        if job.state != JobState.DONE:
            raise CommandError(f"{report}: không lập được báo cáo. {job.failure_reason}".strip())


def administrator() -> User:
    """Who orders when nobody is logged in. Raises CommandError in a portal without an administrator."""
    today = timezone.localdate()
    appointed = User.objects.active().appointed_on(today, role=Role.ADMINISTRATOR).order_by("pk").first()
    first = appointed or User.objects.active().filter(is_superuser=True).order_by("pk").first()
    if first is None or not principal_of(first).is_administrator:
        raise CommandError("Chưa có tài khoản quản trị nào đang hoạt động; hãy tạo trước rồi chạy lại.")
    return first  # type: ignore[no-any-return]


def line_of(job: Job) -> str:
    """One line of progress in words."""
    match job.state:
        case JobState.QUEUED if job.attempt:
            return f"lần {job.attempt} không thành: {job.failure_reason} Đang chờ làm lại."
        case JobState.QUEUED:
            return "đang chờ bộ xử lý."
        case JobState.RUNNING:
            return f"{job.progress} % {job.progress_note}".strip()
        case JobState.DONE:
            return "100 % đã lập xong."
        case JobState.CANCELLED:
            return "yêu cầu đã bị hủy."
    return "không thành."


def no_worker(report: YearEndReport) -> str:
    return (
        f"{report}: bộ xử lý không chạy nên báo cáo chưa được lập. Yêu cầu đã được ghi nhận và sẽ tự chạy khi bộ xử lý "
        "hoạt động trở lại. Muốn lập ngay trong tiến trình này, chạy lại với --inline."
    )


def content_of(report: YearEndReport, wanted: str) -> bytes:
    if wanted == "json":
        return f"{json.dumps(report_json(report), ensure_ascii=False, indent=2)}\n".encode()
    return path_of(report.outputs.filter(format=wanted).latest("version", "pk")).read_bytes()


def write_whole(target: Path, content: bytes) -> None:
    """The file is there whole or not at all."""
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        part.write_bytes(content)
        part.replace(target)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise CommandError(f"Không ghi được {target}: {error.strerror}.") from error
