"""What Rasa's own commands (`rasa shell`, `rasa data validate`, ...) need beside the project's files."""

from __future__ import annotations

import re
import warnings
from collections.abc import Collection, Iterator
from functools import cache

from rasa.shared.core.domain import Domain
from sanic import response

from bot.knowledge.model import Meanings
from bot.settings import ROOT, settings

_NAME = re.compile(r"\butter_\w+")

_OF_RASA = "utter_default"
"""What Rasa itself says when nothing is predicted."""


def stream_answers() -> None:
    """Let `rasa shell` get its answers: Rasa calls a function for it that sanic 22 has only under its class's name."""
    if not hasattr(response, "stream"):
        # The types of sanic name no `stream`, which is why Rasa fails here.
        response.stream = response.ResponseStream  # type: ignore[attr-defined]


def accept_names_of_code(domain: Domain, meanings: Meanings) -> None:
    """Keep Rasa from warning of what it cannot see; it looks for names in rules and stories alone.

    Left out are warnings of responses that actions say, of intents that only pressed choices carry, which need no
    examples, and of intents that code knows by their meaning. Whatever nobody uses is still warned of.
    """
    pressed = [one.id for one in meanings.by_intent.values() if one.pressed]
    _ignore("The utterance", _said_by_actions(domain), "is not used in any story or rule")
    _ignore("The intent", pressed, "is listed in the domain file, but is not found")
    _ignore("The intent", meanings.by_intent, "is not used in any story or rule")


def _ignore(start: str, names: Collection[str], end: str) -> None:
    if names:
        warnings.filterwarnings("ignore", message=f"{start} '({'|'.join(map(re.escape, names))})' {end}")


def _said_by_actions(domain: Domain) -> list[str]:
    named = {_OF_RASA, *_named_in_code(), *_asked_by_forms(domain)}
    starts = tuple(name for name in named if name.endswith("_"))
    return [name for name in domain.responses if name in named or name.startswith(starts)]


def _asked_by_forms(domain: Domain) -> Iterator[str]:
    for form in domain.form_names:
        for slot in domain.required_slots_for_form(form):
            yield from ("_".join(("utter_ask", slot)), "_".join(("utter_ask", form, slot)))


@cache
def _named_in_code() -> frozenset[str]:
    """Return the responses that code and `data/intents.yml` name; a name that ends in `_` is the start of several."""
    files = [*(ROOT / "actions").rglob("*.py"), *(ROOT / "bot").rglob("*.py"), settings().data / "intents.yml"]
    return frozenset(name for path in files for name in _NAME.findall(path.read_text(encoding="utf-8")))
