"""Go back to an earlier question, and notice that a message contradicts an earlier one.

Nothing here changes a case: an earlier answer counts until `answer_question` takes a new one for the same question. So
a visitor who goes back and then skips, or leaves, loses nothing that was said, least of all a red flag.
"""

from __future__ import annotations

from bot.case import Case, Question, Reading, Status, Tense
from bot.knowledge.model import Knowledge
from bot.triage.interview_questions import question_again


def reopen(case: Case, question_id: str, knowledge: Knowledge) -> Question | None:
    """Return an earlier question, to be put again ("my first answer was wrong").

    Put it as the pending question; its answer goes to `answer_question` like any other and replaces the earlier one,
    also where it denies what was ticked before. Red flags in `case.raised` stay until they are explicitly cleared.

    Args:
        case: everything said so far.
        question_id: one of `case.asked`.
        knowledge: the practice's records.

    Returns:
        None when the question was not put, or is none of the interview (the cautions of a treatment).
    """
    return question_again(question_id, case, knowledge) if question_id in case.asked else None


def question_before(case: Case, pending: Question | None, knowledge: Knowledge) -> Question | None:
    """Return the question to put again for "go back"; None when there is none before.

    Args:
        case: everything said so far.
        pending: the question that waits for an answer now, itself perhaps a reopened one; None when none waits.
        knowledge: the practice's records.
    """
    waits = pending is not None and pending.id in case.asked
    end = case.asked.index(pending.id) if pending is not None and waits else len(case.asked)
    earlier = (reopen(case, question_id, knowledge) for question_id in reversed(case.asked[:end]))
    return next((question for question in earlier if question is not None), None)


def contradictions(case: Case, reading: Reading) -> tuple[str, ...]:
    """Return the findings that a message states against what was said before: now present, or now denied.

    Ask about each once (`reopen` does not fit: it may never have been asked). While it is unclear, the safer statement
    counts: a denied alarm finding that was reported stays, see `record_red_flags`.
    """
    flips = {(Status.PRESENT, Status.ABSENT), (Status.ABSENT, Status.PRESENT)}
    return tuple(
        finding.id
        for finding in reading.findings
        if finding.tense is Tense.NOW and (case.status_of(finding.id), finding.status) in flips
    )
