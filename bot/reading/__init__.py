"""Reading: a visitor's words into acts and findings. The only room that imports spaCy.

`message.py` makes the finished reading of a message, `symptom_reader.py` its findings. Below them `findings/`, `exact/`
and `learned/` know nothing of each other, and all stand on `words/`.
"""

from bot.reading.message import MessageReader
from bot.reading.symptom_reader import SymptomReader

__all__ = ["MessageReader", "SymptomReader"]
