"""What another process does between two statements of this one."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection


@contextmanager
def after_first_statement(act: Callable[[], object]) -> Iterator[None]:
    """Run `act` once, right after the first statement on a table."""
    done = False

    def execute(run: Callable[..., Any], sql: str, *rest: Any) -> Any:
        nonlocal done
        result = run(sql, *rest)
        if not done and sql.startswith("SELECT"):
            done = True
            act()
        return result

    with connection.execute_wrapper(execute):
        yield


@contextmanager
def just_before(statement: str, act: Callable[[], object]) -> Iterator[None]:
    """Run `act` once, right before the first statement that starts so."""
    done = False

    def execute(run: Callable[..., Any], sql: str, *rest: Any) -> Any:
        nonlocal done
        if not done and sql.startswith(statement):
            done = True
            act()
        return run(sql, *rest)

    with connection.execute_wrapper(execute):
        yield
