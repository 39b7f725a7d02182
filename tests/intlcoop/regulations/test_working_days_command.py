"""`manage.py working_days DATE N` answers with one ISO date, and says beside it what is not decided."""

from __future__ import annotations

import pytest
from django.core.management import CommandError, call_command

from intlcoop.regulations.models import Holiday

pytestmark = pytest.mark.django_db


def ask(capsys, *arguments: str) -> tuple[str, str]:
    call_command("working_days", *arguments)
    answer = capsys.readouterr()
    return answer.out, answer.err


@pytest.mark.parametrize(
    ("start", "n", "end"),
    [
        ("2026-02-13", "1", "2026-02-23"),
        ("13/02/2026", "1", "2026-02-23"),
        ("2026-01-09", "1", "2026-01-10"),
        ("2026-01-12", "-1", "2026-01-10"),
        ("2026-02-14", "0", "2026-02-23"),
        ("2024-02-29", "-1", "2024-02-28"),
    ],
)
def test_one_iso_date_and_nothing_else(capsys, start, n, end):
    assert ask(capsys, start, n) == (f"{end}\n", "")


def test_a_year_that_is_not_decided_or_not_recorded_is_named_beside_the_answer(capsys):
    out, err = ask(capsys, "2027-02-03", "1")
    assert out == "2027-02-11\n"
    assert "2027" in err
    Holiday.objects.filter(day__year=2027).update(needs_check=False)
    assert ask(capsys, "2027-02-03", "1") == ("2027-02-11\n", "")
    out, err = ask(capsys, "2040-01-02", "1")
    assert out == "2040-01-03\n"
    assert "2040" in err


@pytest.mark.parametrize("arguments", [("2026-02-30", "1"), ("mai", "1"), ("2026-01-01", "một"), ("9999-12-01", "99")])
def test_what_makes_no_sense_is_refused_in_one_sentence(arguments):
    with pytest.raises(CommandError):
        call_command("working_days", *arguments)
