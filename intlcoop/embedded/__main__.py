"""`python -m intlcoop.embedded start|stop|status [database|broker]`; VAR_DIR names the copy."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from types import ModuleType

from intlcoop.embedded import broker, database, places, serve

SERVERS: dict[str, ModuleType] = {"broker": broker, "database": database}  # the order of stopping


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m intlcoop.embedded", description=__doc__)
    parser.add_argument("action", choices=("start", "stop", "status"))
    parser.add_argument("server", nargs="*", choices=[[], *SERVERS], help="both when none is named")
    wanted = parser.parse_args()
    place = places.home()
    if wanted.action == "stop" and not wanted.server and serve.stop_running(place):
        print("the portal: stopped")
    for name in wanted.server or SERVERS:
        server = SERVERS[name]
        try:
            if wanted.action == "start":
                server.start(place)
            elif wanted.action == "stop":
                server.stop(place)
        except places.EmbeddedServerError as error:
            print(f"{name}: {error}", file=sys.stderr)
            return 1
        data: Path = getattr(place, name)
        print(f"{name}: {'running' if server.is_up(place) else 'stopped'} ({data.parent})")
    return 0


if __name__ == "__main__":
    sys.exit(main())
