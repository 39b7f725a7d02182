"""Which data must be there before the first person logs in, and in which order is it loaded?

Rooms above register a function that inserts what is missing and never overwrites. All run once, in order, after the
last application has migrated, and again after a flush in the tests.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.apps import AppConfig, apps
from django.core.management import call_command
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.migrations.executor import MigrationExecutor

_loaders: dict[Callable[[], None], int] = {}


def register(order: int, load: Callable[[], None]) -> None:
    """Have `load` called after each migration; smaller `order` first."""
    _loaders[load] = order


def load_all() -> None:
    for load in sorted(_loaders, key=lambda load: _loaders[load]):
        load()


def last_sender() -> AppConfig:
    """The application for which post_migrate is sent last."""
    return [config for config in apps.get_app_configs() if config.models_module is not None][-1]


def after_migrate(*, using: str = DEFAULT_DB_ALIAS, plan: list[Any] | None = None, **kwargs: Any) -> None:
    """Receiver of post_migrate: the cache table and the reference data, once the tables are complete."""
    if using != DEFAULT_DB_ALIAS:
        return
    call_command("createcachetable", database=using, verbosity=0)
    if is_complete(using, migrated=plan is not None):
        load_all()


def is_complete(using: str, *, migrated: bool) -> bool:
    """Whether every table is there; `migrate people 0002` leaves the rest to the next full migration."""
    connection = connections[using]
    tables = set(connection.introspection.table_names())
    # A proxy has no table of its own; pghistory has one whose model is computed from others.
    owned = [model._meta.db_table for model in apps.get_models() if model._meta.managed and not model._meta.proxy]
    if not tables.issuperset(owned):
        return False
    if not migrated:
        return True
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())
