"""Instep: the assistant on a podiatry practice's website."""
