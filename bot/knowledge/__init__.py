"""The knowledge base: YAML records under `data/`, loaded into frozen types and checked."""

from bot.knowledge.intents import load_meanings
from bot.knowledge.loader import load_knowledge, load_practice

__all__ = ["load_knowledge", "load_meanings", "load_practice"]
