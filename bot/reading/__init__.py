"""Reading: a visitor's words into acts and findings. The only room that imports spaCy."""

from bot.reading.message import MessageReader
from bot.reading.symptom_reader import SymptomReader

__all__ = ["MessageReader", "SymptomReader"]
