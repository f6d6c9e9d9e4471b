"""Everything that can be wrong with a request, and how it is answered."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from django.http import JsonResponse

from bot.api.wording import wording
from bot.errors import KnowledgeError

STATUSES: Mapping[str, int] = MappingProxyType(
    {
        "invalid_body": 400,
        "invalid_key": 400,
        "invalid_parameter": 400,
        "invalid_text": 400,
        "unknown_choice": 400,
        "host_unknown": 400,
        "token_missing": 401,
        "origin_refused": 403,
        "not_found": 404,
        "method_not_allowed": 405,
        "body_too_slow": 408,
        "body_too_large": 413,
        "not_json": 415,
        "conversation_full": 429,
        "too_many_conversations": 429,
        "too_many_messages": 429,
        "internal": 500,
        "unavailable": 503,
    }
)


class ProblemError(Exception):
    """Ends the handling of a request with an error that the client is told."""

    def __init__(self, code: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.headers = dict(headers or {})


def problem_body(code: str) -> dict[str, dict[str, str]]:
    """Return the JSON of an error."""
    return {"error": {"code": code, "message": wording().problems[code]}}


def problem_response(problem: ProblemError) -> JsonResponse:
    """Return the answer to a request with that problem."""
    return JsonResponse(problem_body(problem.code), status=STATUSES[problem.code], headers=problem.headers)


def check_wording() -> None:
    """Refuse to serve without words for each problem.

    Raises:
        KnowledgeError: a code has no sentence.
    """
    missing = sorted(STATUSES.keys() - wording().problems.keys())
    if missing:
        raise KnowledgeError(
            f"data/service/messages.yml: field 'problems' lacks {', '.join(missing)}. Write a sentence for each."
        )
