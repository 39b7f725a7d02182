"""The database's clock: leases of several machines are compared by one clock only."""

from __future__ import annotations

from django.db import models


class DatabaseNow(models.Func):
    """The moment at which the database evaluates this, also in the middle of a long transaction."""

    function = "CLOCK_TIMESTAMP"
    arity = 0
    output_field = models.DateTimeField()
