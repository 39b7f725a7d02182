"""`generate_report`: the same job as on the web page, waited for and written to a file."""

from __future__ import annotations

import io
import json

import pytest
from django.core.management import CommandError, call_command

from intlcoop.exporting.pdf import text_of
from intlcoop.jobs.choices import JobState
from intlcoop.jobs.errors import JobFailed
from intlcoop.jobs.models import Job
from intlcoop.jobs.runner import run_job
from intlcoop.operations.management.commands import generate_report as command
from intlcoop.people.models import Appointment, User
from reports.exports import printing
from reports.models import YearEndReport
from tests.reports.conftest import media  # noqa: F401  its folder of its own
from tests.reports.factories import ordered, year_2022

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("media")]


@pytest.fixture(autouse=True)
def hurried(monkeypatch):
    monkeypatch.setattr(command, "LOOK_EVERY", 0.01)
    monkeypatch.setattr(command, "PATIENCE", 0.05)


@pytest.fixture
def generate(tmp_path):
    def run(extension: str = "json", **options):
        said = io.StringIO()
        values = {"kind": "year_end", "year": 2022, "format": extension, "output": tmp_path / f"bc.{extension}"}
        call_command("generate_report", stdout=said, **(values | options))
        return said.getvalue()

    return run


def test_the_pdf_of_2022_is_made_in_this_process(ministry, generate, tmp_path):
    year_2022(ministry)
    said = generate("pdf", inline=True)
    text = " ".join(text_of((tmp_path / "bc.pdf").read_bytes()).split())

    assert "05 đoàn do BDP chủ trì và 02 đoàn tháp tùng" in text
    assert "BC-2026-0001: đang chờ bộ xử lý." in said
    assert "100 %" in said
    assert YearEndReport.objects.get().ordered_by == ministry.quantri


def test_the_json_is_that_of_the_contract(ministry, generate, tmp_path):
    year_2022(ministry)
    generate("json", inline=True, as_of=command.day("09/12/2022"))
    found = json.loads((tmp_path / "bc.json").read_text(encoding="utf-8"))

    assert found["as_of"] == "2022-12-09"
    assert found["figures"]["outbound.led"]["value"] == 5
    assert "đoàn" in (tmp_path / "bc.json").read_text(encoding="utf-8")


def test_the_command_line_takes_days_both_ways(ministry, tmp_path):
    for day in ("2022-12-09", "9/12/2022"):
        parsed = command.Command().create_parser("manage.py", "generate_report").parse_args(
            ["--kind", "year_end", "--year", "2022", "--format", "json", "--output", "x", "--as-of", day]
        )  # fmt: skip
        assert parsed.as_of.isoformat() == "2022-12-09"


def test_an_order_already_under_way_is_joined(ministry, generate):
    standing = ordered(ministry, 2022)

    assert f"{standing}: đã ghi nhận" in generate(inline=True)
    assert YearEndReport.objects.count() == 1


def test_without_a_worker_it_says_so_and_leaves_the_order(ministry, generate, tmp_path):
    with pytest.raises(CommandError, match="bộ xử lý không chạy") as error:
        generate()

    assert error.value.returncode == command.NO_WORKER
    assert YearEndReport.objects.get().job.state == JobState.QUEUED
    assert not list(tmp_path.glob("bc*"))


def test_with_a_worker_it_waits_for_it(ministry, generate, tmp_path, monkeypatch):
    """The worker takes the job at the third look."""
    looks = []

    def alive() -> bool:
        looks.append(1)
        if len(looks) == 3:
            run_job(Job.objects.get(kind="year_end_report").pk)
        return True

    monkeypatch.setattr(command, "worker_is_alive", alive)
    generate()

    assert (tmp_path / "bc.json").is_file()


def test_a_failure_ends_with_its_reason(ministry, generate, tmp_path, monkeypatch):
    def broken(*args):
        raise JobFailed("Hết bộ nhớ.", final=True)

    monkeypatch.setattr(printing, "render", broken)
    with pytest.raises(CommandError, match=r"Hết bộ nhớ\."):
        generate(inline=True)
    assert not list(tmp_path.glob("*bc.json*"))


@pytest.mark.parametrize("year", [1990, 2090])
def test_an_impossible_order_is_refused(ministry, generate, year):
    with pytest.raises(CommandError):
        generate(year=year, inline=True)
    assert not YearEndReport.objects.exists()


def test_a_folder_that_is_not_there_is_said_before_anything_is_ordered(ministry, generate, tmp_path):
    with pytest.raises(CommandError, match="Không có thư mục"):
        generate(output=tmp_path / "nowhere" / "bc.json", inline=True)
    assert not YearEndReport.objects.exists()


def test_without_an_administrator_it_says_so(ministry, generate):
    Appointment.objects.filter(role="administrator").delete()

    with pytest.raises(CommandError, match="quản trị"):
        generate(inline=True)


def test_the_first_administrator_of_a_new_portal_orders_too(ministry, generate):
    Appointment.objects.filter(role="administrator").delete()
    first = User.objects.create_superuser("first", "first@x.example", "pw", full_name="Người đầu tiên")

    generate(inline=True)

    assert YearEndReport.objects.get().ordered_by == first
