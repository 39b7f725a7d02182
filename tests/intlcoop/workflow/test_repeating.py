"""Pressed twice, or on an old page: the file moves once, and whoever is late reads why."""

from __future__ import annotations

import threading
import uuid

import pytest
from django.db import connection, connections

from intlcoop.workflow import engine
from intlcoop.workflow.choices import Outcome
from intlcoop.workflow.deciding import decide
from intlcoop.workflow.models import Decision
from intlcoop.workflow.refusals import Conflict
from tests.delegations import factories as f

pytestmark = pytest.mark.django_db


def test_a_repeated_request_gets_the_first_answer(ministry):
    case = f.submit(f.trip(ministry), ministry)
    request_id = uuid.uuid4()
    step = f.open_step(case)
    first = decide(step, Outcome.AGREE, actor=ministry.lanhdaodonvi, request_id=request_id)
    assert decide(step, Outcome.AGREE, actor=ministry.lanhdaodonvi, request_id=request_id) == first


def test_the_same_press_twice_on_the_same_page_moves_the_file_once(ministry):
    """The second one carries the version of before the first: it gets the first one's answer, not a conflict."""
    case = f.trip(ministry).case
    said = {"actor": ministry.chuyenvien, "request_id": uuid.uuid4(), "expected_version": case.version}
    first = engine.fire(f.fresh(case), "submit", **said)
    assert engine.fire(f.fresh(case), "submit", **said) == first
    assert f.fresh(case).state == "in_approval"


def test_an_old_page_gets_a_conflict_with_a_sentence(ministry):
    case = f.submit(f.trip(ministry), ministry)
    step = f.open_step(case)
    seen = case.version
    add = decide(step, Outcome.AGREE, actor=ministry.lanhdaodonvi, expected_version=seen)
    with pytest.raises(Conflict) as refusal:
        decide(step, Outcome.RETURN, actor=ministry.lanhdaodonvi, comment="x", expected_version=seen)
    assert add.decided_by_name in str(refusal.value)


@pytest.mark.django_db(transaction=True)
def test_of_two_people_at_once_exactly_one_decides(ministry):
    case = f.submit(f.trip(ministry), ministry)
    f.agree(f.open_step(case), ministry)
    step = f.open_steps(case)[0]
    people = [ministry.htqt, ministry.htqt2] * 3
    barrier, answers = threading.Barrier(len(people)), []

    def race(person):
        try:
            barrier.wait(10)
            decide(step, Outcome.AGREE, actor=person)
            answers.append("decided")
        except Conflict:
            answers.append("conflict")
        finally:
            connections.close_all()

    threads = [threading.Thread(target=race, args=(person,)) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(answers) == ["conflict"] * 5 + ["decided"]
    assert Decision.objects.filter(step=step).count() == 1


def test_the_database_refuses_to_change_a_decision(ministry):
    case = f.submit(f.trip(ministry), ministry)
    decision = f.agree(f.open_step(case), ministry)
    from django.db import transaction
    from django.db.utils import InternalError, ProgrammingError

    for sql in ("UPDATE workflow_decision SET comment='x' WHERE id=%s", "DELETE FROM workflow_decision WHERE id=%s"):
        with pytest.raises((InternalError, ProgrammingError)), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql, [decision.pk])
