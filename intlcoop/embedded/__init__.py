"""THIS MACHINE ALONE: the database and the broker that start by themselves when no URL names another one.

`postgresql/` is a Django database engine that starts PostgreSQL at the first connection; `broker` starts Valkey at the
first message. Both come from wheels, listen on Unix sockets only and keep their data in VAR_DIR. Production sets
EMBEDDED=0 and none of this runs. Reasons and measurements: docs/decisions/0001-embedded-servers.md.
"""

from __future__ import annotations
