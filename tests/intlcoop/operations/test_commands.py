"""The commands that others rely on (contracts): demo data, the real case of 2022, routes, invariants, drawn documents."""

from __future__ import annotations

import json
import re
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from delegations.models import OutboundDelegation
from intlcoop.exporting.pdf import text_of
from intlcoop.people.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    default = settings.STORAGES["default"]
    settings.MEDIA_ROOT, settings.DEMO = tmp_path, True
    settings.STORAGES = settings.STORAGES | {
        "default": default | {"OPTIONS": default["OPTIONS"] | {"location": tmp_path}}
    }


def run(*arguments, **options):
    out = StringIO()
    call_command(*arguments, stdout=out, **options)
    return out.getvalue()


def test_demo_accounts_are_refused_where_nobody_asked_for_them(settings):
    settings.DEMO = settings.DEBUG = False
    with pytest.raises(CommandError):
        run("seed_demo")
    assert not User.objects.exists()


def test_the_case_of_2022_gives_the_articles_figures_in_its_number_style(tmp_path):
    run("seed_demo", case="ubdt-2022")
    report = tmp_path / "2022.json"
    run("generate_report", kind="year_end", year=2022, format="json", output=report, inline=True)
    data = json.loads(report.read_text(encoding="utf-8"))
    figures = data["figures"]
    assert (data["kind"], data["year"], data["window"]) == (
        "year_end", 2022, {"from": "2022-01-01", "to": "2022-12-31"},
    )  # fmt: skip
    assert (figures["outbound.led"]["value"], figures["outbound.accompanying"]["value"]) == (5, 2)
    assert len(figures["outbound.led"]["rows"]) == 5
    assert "outbound.in_plan" not in figures
    visits = figures["inbound.total"]
    assert (visits["value"], visits["qualifier"], len(visits["rows"])) == (20, "more_than", 6)
    assert "09/12/2022" in visits["source"]
    assert "inbound.persons" not in figures, "the source counts no guests"
    assert data["gaps"]
    paper = tmp_path / "2022.pdf"
    run("generate_report", kind="year_end", year=2022, format="pdf", output=paper, inline=True)
    text = re.sub(r"\s+", " ", text_of(paper.read_bytes()))
    assert "05 đoàn" in text
    assert "02 đoàn" in text
    assert "nổi bật là" in text
    for highlight in ("Campuchia", "Australia", "Thụy Sĩ"):
        assert highlight in text
    assert text.count("chưa nêu tên trong nguồn") >= 4
    assert "hơn 20 đoàn khách quốc tế" in text
    for guest in ("Ấn Độ", "Ai-len", "New Zealand", "UNDP", "ADB"):
        assert guest in text


def test_a_case_is_not_mixed_with_other_files():
    run("seed_demo", case="ubdt-2022")
    with pytest.raises(CommandError):
        run("seed_demo", case="ubdt-2022")
    assert OutboundDelegation.objects.count() == 7


@pytest.mark.parametrize(
    ("flags", "asks_pm"),
    [
        (["--head-rank", "deputy_minister", "--plan-level", "none"], True),
        (["--head-rank", "deputy_minister", "--plan-level", "pm"], False),
        (["--head-rank", "minister", "--plan-level", "pm"], True),
        (["--head-rank", "minister", "--mode", "accompanying"], False),
        (["--head-rank", "official", "--plan-level", "ministry", "--unit-class", "attached"], False),
    ],
)
def test_explain_route_prints_the_contracts_shape(flags, asks_pm):
    answer = json.loads(run("explain_route", "outbound", "--json", "--on", "2026-11-22", *flags))
    assert (answer["kind"], answer["on"]) == ("outbound", "2026-11-22")
    keys = {"order", "kind", "office", "due_working_days", "rule", "version", "citation"}
    assert all(set(step) == keys for step in answer["steps"])
    assert any(step["office"] == "prime_minister" for step in answer["steps"]) == asks_pm


def test_the_drawn_workflows_are_those_of_the_tables():
    run("draw_workflows", check=True)
