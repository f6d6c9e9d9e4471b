"""Thin Rasa actions, one file per journey; the only import of rasa_sdk."""
