"""What is said over a connection that is gone counts as a lost connection, which a worker survives."""

from __future__ import annotations

import pytest
from redis.exceptions import ConnectionError as ConnectionLost

from intlcoop.celery import app
from intlcoop.jobs import broker_channel


def test_an_acknowledgement_over_a_closed_connection_is_a_lost_connection(broker):
    broker_channel.repair()
    broker.start()
    line = app.connection_for_read()
    channel = line.default_channel
    line.collect()
    with pytest.raises(ConnectionLost):
        channel.basic_ack("a tag that nobody knows")
    assert issubclass(ConnectionLost, tuple(line.connection_errors))
