"""Recorded interviews between doctor and patient, replayed: Instep asks, the transcript answers."""
