"""What this room ships as data; `load` inserts what is missing and never overwrites."""

from __future__ import annotations

from delegations.reference import (
    event_routes,
    norms,
    plan_routes,
    preparation,
    reception_norms,
    routes,
    trip_changes,
    visit_preparation,
    visit_routes,
)


def load() -> None:
    routes.load()
    trip_changes.load()
    preparation.load()
    norms.load()
    plan_routes.load()
    visit_routes.load()
    visit_preparation.load()
    event_routes.load()
    reception_norms.load()
