"""The demo ministry as test people: `ministry.vutruong`, `ministry.unit("CSDP")`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import connection, models

from intlcoop.operations.demo import ministry as demo
from intlcoop.people.models import Appointment, OrgUnit, Supervision, User

ACCOUNTS = tuple(row.username for row in demo.ACCOUNTS)


@dataclass
class Ministry:
    people: dict[str, User]

    def __getattr__(self, username: str) -> User:
        """A fresh copy each time, so that nothing remembered of a person survives a change of office."""
        try:
            return User.objects.get(pk=self.people[username].pk)
        except KeyError as error:
            raise AttributeError(username) from error

    def person(self, username: str) -> User:
        return getattr(self, username)

    def unit(self, code: str) -> OrgUnit:
        return OrgUnit.objects.get(code=code)


@contextmanager
def durable() -> Iterator[None]:
    """Commits wait for the disk again, as the portal's own do: a transaction in which the invariants may be asked."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL synchronous_commit = on")
        yield
        cursor.execute("SET LOCAL synchronous_commit = off")


#: The tables that a ministry fills, in the order in which their rows can be inserted.
TABLES: tuple[type[models.Model], ...] = (User, OrgUnit, Appointment, Supervision)

#: The rows of the first ministry of this process by table, as JSON: building one costs a hundred queries, these four.
_rows: list[str] = []


def build_ministry() -> Ministry:
    """The ministry, built once per process and put back row by row, by the same keys and past the same triggers."""
    if OrgUnit.objects.exists():
        return Ministry(demo.build(password=None))
    if _rows:
        _put_back()
        return Ministry({person.username: person for person in User.objects.filter(is_demo=True)})
    found = Ministry(demo.build(password=None))
    _rows.extend(_json_of(model) for model in TABLES)
    return found


def _json_of(model: type[models.Model]) -> str:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT json_agg(r ORDER BY r.id) FROM {model._meta.db_table} r")
        rows = cursor.fetchone()[0]
    return rows if isinstance(rows, str) else json.dumps(rows)


def _put_back() -> None:
    with connection.cursor() as cursor:
        for model, rows in zip(TABLES, _rows, strict=True):
            table = model._meta.db_table
            cursor.execute(f"INSERT INTO {table} SELECT * FROM json_populate_recordset(NULL::{table}, %s)", [rows])
