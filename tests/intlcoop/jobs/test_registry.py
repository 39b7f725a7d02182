"""Rooms above register here; a mistake shows at the start and not at three in the night."""

from __future__ import annotations

import json

import pytest
from django.utils.functional import Promise

from intlcoop.jobs import registry
from intlcoop.jobs.registry import JobKind


def test_a_code_belongs_to_one_kind(register):
    kind = register()
    assert registry.register(kind) is kind
    with pytest.raises(ValueError, match="registered twice"):
        registry.register(JobKind(code=kind.code, label="Khác", run=kind.run))


def test_a_kind_that_nobody_registered_is_not_found():
    with pytest.raises(LookupError):
        registry.get("nobody-knows-it")
    assert registry.find("nobody-knows-it") is None


@pytest.mark.parametrize(("attempt", "seconds"), [(2, 5), (3, 30), (4, 30)])
def test_the_pause_grows_with_the_attempts(attempt, seconds):
    kind = JobKind(code="x", label="x", run=lambda context: None)
    assert kind.wait_before(attempt).total_seconds() == seconds


@pytest.mark.parametrize("kind", registry.kinds(), ids=lambda kind: kind.code)
def test_every_kind_of_the_portal_has_a_name_to_show(kind):
    assert isinstance(kind.label, Promise)
    assert json.dumps(kind.code)
