"""Triage: from a case to red flags, possible causes, the next question, reasons and treatments.

Every function is pure: a `Case` and the `Knowledge` in, frozen values out.
"""

from bot.triage.explanation import explain_causes, explain_treatments
from bot.triage.interview import answer_question, next_question
from bot.triage.matching import match_causes
from bot.triage.red_flags import screen_red_flags
from bot.triage.urgency import judge_urgency

__all__ = [
    "answer_question",
    "explain_causes",
    "explain_treatments",
    "judge_urgency",
    "match_causes",
    "next_question",
    "screen_red_flags",
]
