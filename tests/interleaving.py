"""What another process does between two statements of this one."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
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


@contextmanager
def beside(act: Callable[[], object], before: str) -> Iterator[Future[object]]:
    """Start `act` on a connection of its own right before the first statement that starts with `before`.

    This one waits a second for it: longer would be in vain where it waits for a lock of this one. Its result is there
    at the end.
    """
    with ThreadPoolExecutor(1) as pool:
        result: Future[object] = Future()

        def start() -> None:
            wait([pool.submit(_settle, result, act)], timeout=1)

        with just_before(before, start):
            yield result
    assert result.done(), f"no statement started with {before}"


def _settle(result: Future[object], act: Callable[[], object]) -> None:
    try:
        result.set_result(act())
    except Exception as error:
        result.set_exception(error)
    finally:
        connection.close()
