"""What a turn of the conversation says, decided from the case and the records: pure Python, no I/O."""

from bot.conversation.guidance import Guidance, answer_about, answer_while_urgent, persons_of
from bot.conversation.likely_question import likely_question
from bot.conversation.other_causes import OtherCause, OtherCauses, other_causes

__all__ = [
    "Guidance",
    "OtherCause",
    "OtherCauses",
    "answer_about",
    "answer_while_urgent",
    "likely_question",
    "other_causes",
    "persons_of",
]
