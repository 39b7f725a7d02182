"""Kinds of work that exist only in the stack of the fault tests."""

from __future__ import annotations

from django.apps import AppConfig


class TrialConfig(AppConfig):
    name = "tests.intlcoop.jobs.trial_app"
    label = "trial_app"

    def ready(self) -> None:
        from intlcoop.jobs import registry
        from tests.intlcoop.jobs.trial_app import work

        for kind in work.KINDS:
            registry.register(kind)
