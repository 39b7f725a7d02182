from __future__ import annotations

import pytest
from django.core.management import call_command
from django.db import connection

from intlcoop.web import reference


@pytest.fixture
def calls(monkeypatch):
    made: list[str] = []
    monkeypatch.setattr(reference, "_loaders", {})
    reference.register(20, lambda: made.append("second"))
    reference.register(10, lambda: made.append("first"))
    return made


def test_loaded_once_in_order_after_migrate(db, calls):
    call_command("migrate", verbosity=0)
    assert calls == ["first", "second"]


def test_left_for_later_while_tables_are_missing(db, calls, monkeypatch):
    monkeypatch.setattr(reference, "call_command", lambda *args, **kwargs: None)
    monkeypatch.setattr(connection.introspection, "table_names", lambda *args, **kwargs: ["people_user"])
    reference.after_migrate(plan=None)
    assert calls == []


def test_left_for_later_by_a_migration_that_stops_halfway(db, calls, monkeypatch):
    monkeypatch.setattr(reference.MigrationExecutor, "migration_plan", lambda self, targets: ["one to come"])
    reference.after_migrate(plan=[])
    assert calls == []


def test_other_databases_are_left_alone(db, calls):
    reference.after_migrate(using="other", plan=[])
    assert calls == []


def test_cache_table_is_there(db):
    assert "cache" in connection.introspection.table_names()
