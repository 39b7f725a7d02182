"""The Django database engine "intlcoop.embedded.postgresql"."""
