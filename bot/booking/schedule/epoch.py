"""Read times from the database as plain numbers, which is several times faster than as times."""

from __future__ import annotations

from typing import Any

from django.db.models import Field, Func


class Epoch(Func):
    """The seconds since 1970 UTC of a time column."""

    function = "EXTRACT"
    template = "%(function)s(EPOCH FROM %(expressions)s)::bigint"
    # Of no kind in particular: nothing has to be converted row by row.
    output_field: Field[Any, Any] = Field()

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        """Return SQLite's way to say it."""
        template = "CAST(%(function)s('%%%%s', %(expressions)s) AS INTEGER)"
        return self.as_sql(compiler, connection, function="strftime", template=template, **context)
