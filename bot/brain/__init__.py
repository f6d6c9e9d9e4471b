"""The brain: Rasa, hosted as a library. The only room that imports it."""
