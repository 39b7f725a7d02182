"""What this room ships as data; `load` inserts what is missing and never overwrites."""

from __future__ import annotations

from agreements.reference import dossier, duties, projects, routes


def load() -> None:
    routes.load()
    dossier.load()
    duties.load()
    projects.load()
