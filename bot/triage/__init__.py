"""Triage: from a case to red flags, possible causes, the next question, reasons and treatments.

Every function is pure: a `Case` and the `Knowledge` in, frozen values out.
"""

from bot.triage.brief import Brief, make_brief
from bot.triage.contrast import tell_apart
from bot.triage.explanation import explain_causes, is_unclear
from bot.triage.fears import answer_fears
from bot.triage.interview import answer_question, next_question
from bot.triage.interview_reopening import contradictions, question_before, reopen
from bot.triage.matching import leading_causes, match_causes
from bot.triage.red_flags import record_red_flags, screen_red_flags, suspect_red_flags
from bot.triage.telling import counted, tells_complaint
from bot.triage.treatments import caution_question, explain_treatments, unasked_cautions
from bot.triage.urgency import judge_urgency

__all__ = [
    "Brief",
    "answer_fears",
    "answer_question",
    "caution_question",
    "contradictions",
    "counted",
    "explain_causes",
    "explain_treatments",
    "is_unclear",
    "judge_urgency",
    "leading_causes",
    "make_brief",
    "match_causes",
    "next_question",
    "question_before",
    "record_red_flags",
    "reopen",
    "screen_red_flags",
    "suspect_red_flags",
    "tell_apart",
    "tells_complaint",
    "unasked_cautions",
]
