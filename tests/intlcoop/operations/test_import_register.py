"""manage.py import_register."""

from __future__ import annotations

import io

import pghistory
import pytest
from django.core.management import CommandError, call_command

from intlcoop.people.choices import Role
from intlcoop.people.models import User
from tests.intlcoop.people.factories import AppointmentFactory, OrgUnitFactory
from tests.intlcoop.people.test_registers import AN, BINH, sheet

pytestmark = pytest.mark.django_db


@pytest.fixture
def file(tmp_path):
    OrgUnitFactory(code="vdp", name_vi="Vụ Địa phương")
    path = tmp_path / "can-bo.xlsx"
    path.write_bytes(sheet(AN, BINH))
    return path


def run(*arguments):
    output = io.StringIO()
    call_command("import_register", *arguments, stdout=output)
    return output.getvalue()


def test_a_dry_run_lists_the_rows_and_saves_nothing(file):
    lines = run("staff", str(file), "--dry-run").splitlines()
    assert len(lines) == 3
    assert "Nguyễn Văn An" in lines[0]
    assert not User.objects.exists()


def test_the_import_is_saved_and_remembered_under_its_actor(file):
    administrator = AppointmentFactory(role=Role.ADMINISTRATOR).person
    run("staff", str(file), "--actor", administrator.username)
    (events,) = pghistory.core.event_models(tracks_model=User)
    context = events.objects.get(username="an.nv").pgh_context
    assert context == {"user": administrator.pk, "action": "import_register staff"}


def test_an_error_stops_the_command(file):
    file.write_bytes(sheet(["", "x", "", "vdp", "", "Vụ trưởng", "01/03/2026"]))
    with pytest.raises(CommandError):
        run("staff", str(file))


@pytest.mark.parametrize("arguments", [("staff", "/khong/co.xlsx"), ("khac", "x.xlsx")])
def test_wrong_arguments_are_a_sentence(arguments):
    with pytest.raises(CommandError):
        run(*arguments)


def test_an_unknown_actor_and_an_unreadable_file_are_sentences(file, tmp_path):
    with pytest.raises(CommandError, match="khong-co"):
        run("staff", str(file), "--actor", "khong-co")
    broken = tmp_path / "hong.xlsx"
    broken.write_bytes(b"x")
    with pytest.raises(CommandError):
        run("staff", str(broken))
