"""Reading: a visitor's words into findings. The only room that imports spaCy."""

from bot.reading.symptom_reader import SymptomReader

__all__ = ["SymptomReader"]
