"""Says treatment options: an overview with a line each, one option, and how it is done."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from rasa_sdk.executor import CollectingDispatcher

from actions import wiring
from actions.wiring import phrase
from bot.conversation.sentences import bullets, capital, sentence
from bot.triage.result import ExerciseOption, TreatmentOption

MOST_LISTED = 7
"""Options of an overview; the others follow on request."""

_MOST_CAUTIONS = 3
"""Cautions told unasked; those that forbid the treatment for this visitor are asked for before."""

Buttons = list[dict[str, str]]


def say_overview(
    dispatcher: CollectingDispatcher,
    options: Sequence[TreatmentOption],
    causes: Sequence[str],
    *,
    is_alone: bool,
    ask: str,
    last: Buttons,
) -> None:
    """Say each option in one line, with the strength of its evidence in words.

    Args:
        dispatcher: takes what is said.
        options: best fitting first.
        causes: ids of the causes that they are for, may be empty.
        is_alone: False while a form waits, whose own choices follow.
        ask: what is asked after the options, may be empty.
        last: choices after the options, such as a visit.
    """
    known = wiring.knowledge().causes
    names = [known[cause].name.partition(" (")[0] for cause in causes if cause in known]
    shown = _shown(options)
    values: dict[str, Any] = {"lines": bullets(map(_line, shown)), "ask": ask}
    values["causes"] = phrase("utter_part_and").join(names)
    if is_alone:
        rest = {"title": phrase("utter_part_more"), "payload": _payload(part="more", cause=causes)}
        values["buttons"] = [*_buttons(shown, causes), *([rest] if len(shown) < len(options) else []), *last]
    dispatcher.utter_message(response="utter_treatments_for" if names else "utter_treatments_intro", **values)


def say_rest(dispatcher: CollectingDispatcher, options: Sequence[TreatmentOption], causes: Sequence[str]) -> None:
    """Say the options that the overview left out."""
    shown = _shown(options)
    rest = [option for option in options if option not in shown]
    if rest:
        lines = bullets(map(_line, rest))
        dispatcher.utter_message(response="utter_treatments_more", lines=lines, buttons=_buttons(rest, causes))
    else:
        dispatcher.utter_message(response="utter_treatments_no_more")


def say_option(dispatcher: CollectingDispatcher, option: TreatmentOption, buttons: Buttons) -> None:
    """Say what an option is, how well it works, how long it takes and who should take care."""
    dispatcher.utter_message(
        response="utter_explain_treatment" if option.time_to_effect else "utter_explain_treatment_untimed",
        name=capital(option.name),
        summary=sentence(option.summary),
        evidence=sentence(option.evidence),
        time_to_effect=sentence(option.time_to_effect),
    )
    if option.blocked:
        dispatcher.utter_message(response="utter_treatment_blocked", blocked=option.blocked, buttons=buttons)
        return
    told = option.cautions[:_MOST_CAUTIONS]
    more = phrase("utter_part_more_cautions") if len(option.cautions) > len(told) else ""
    response = "utter_treatment_cautions" if told else "utter_treatment_no_cautions"
    cautions = bullets(map(sentence, told))
    dispatcher.utter_message(response=response, cautions=cautions, more=more, buttons=buttons)


def say_how(
    dispatcher: CollectingDispatcher,
    option: TreatmentOption,
    unasked: Sequence[str],
    causes: Sequence[str],
    *,
    is_alone: bool,
) -> None:
    """Say how an option is done; what would forbid it and was not asked for is its condition."""
    buttons = [overview_button(causes)] if is_alone else []
    if option.blocked:
        dispatcher.utter_message(response="utter_treatment_blocked", blocked=option.blocked, buttons=buttons)
        return
    known = wiring.knowledge().findings
    names = ", ".join(known[finding].name for finding in unasked)
    condition = phrase("utter_part_only_without", findings=names) if names else ""
    exercises = [item for item in option.exercises if not item.unknown]
    dispatcher.utter_message(
        response="utter_treatment_how",
        name=capital(option.name),
        how=sentence(option.how),
        condition=condition,
        buttons=[*(_exercise_button(option, item, causes) for item in exercises if is_alone), *buttons],
    )


def say_exercise(dispatcher: CollectingDispatcher, exercise: ExerciseOption, buttons: Buttons) -> None:
    """Say how one exercise is done."""
    dispatcher.utter_message(
        response="utter_explain_exercise",
        name=capital(exercise.name),
        how=sentence(exercise.how),
        evidence=sentence(exercise.evidence),
        caution=phrase("utter_part_exercise_caution", caution=sentence(exercise.caution)) if exercise.caution else "",
        buttons=buttons,
    )


def how_button(option: TreatmentOption, causes: Sequence[str]) -> dict[str, str]:
    """Return the choice that asks how an option is done."""
    return {"title": phrase("utter_part_how"), "payload": _payload(treatment=option.id, part="how", cause=causes)}


def exercises_button(option: TreatmentOption, causes: Sequence[str]) -> dict[str, str]:
    """Return the choice that leads from one exercise back to the others."""
    return {**how_button(option, causes), "title": phrase("utter_part_other_exercises")}


def overview_button(causes: Sequence[str]) -> dict[str, str]:
    """Return the choice that asks for all options."""
    return {"title": phrase("utter_part_other_options"), "payload": _payload(cause=causes)}


def _shown(options: Sequence[TreatmentOption]) -> list[TreatmentOption]:
    """Return the options of the overview: the founding article's, and as many others as there is room for, first."""
    known = wiring.knowledge().treatments
    article = [option for option in options if known[option.id].in_article]
    others = [option for option in options if not known[option.id].in_article][: max(0, MOST_LISTED - len(article))]
    return [option for option in options if option in article or option in others]


def _line(option: TreatmentOption) -> str:
    if option.blocked:
        return phrase("utter_treatment_line_blocked", name=capital(option.name))
    return phrase("utter_treatment_line", name=capital(option.name), strength=option.strength)


def _buttons(options: Sequence[TreatmentOption], causes: Sequence[str]) -> Buttons:
    payloads = [_payload(treatment=option.id, cause=causes) for option in options]
    return [
        {"title": capital(option.name), "payload": payload} for option, payload in zip(options, payloads, strict=True)
    ]


def _exercise_button(option: TreatmentOption, exercise: ExerciseOption, causes: Sequence[str]) -> dict[str, str]:
    payload = _payload(treatment=option.id, exercise=exercise.id, cause=causes)
    return {"title": capital(exercise.name), "payload": payload}


def _payload(**entities: str | Sequence[str]) -> str:
    return f"/ask_treatments{json.dumps({name: value for name, value in entities.items() if value})}"
