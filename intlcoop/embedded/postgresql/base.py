"""Django's PostgreSQL engine, which starts the embedded server when the first connection finds nobody at home."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db.backends.postgresql import base
from django.db.utils import OperationalError
from django.utils.asyncio import async_unsafe

from intlcoop.embedded import database, places


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection to the embedded server of settings.VAR_DIR."""

    def __init__(self, settings_dict: dict[str, Any], alias: str = "default") -> None:
        self.home = places.home(settings.VAR_DIR)
        settings_dict |= {"HOST": str(self.home.sockets), "PORT": str(database.PORT), "USER": database.ROLE}
        super().__init__(settings_dict, alias)

    @async_unsafe
    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """Connect; start the server and connect again only when that failed, so a running server costs nothing."""
        try:
            return super().get_new_connection(conn_params)
        except self.Database.OperationalError:
            try:
                database.start(self.home)
            except places.EmbeddedServerError as error:
                raise OperationalError(str(error)) from error
            return super().get_new_connection(conn_params)
