"""Somebody at the door, as for trips."""

from tests.delegations.conftest import go as go
