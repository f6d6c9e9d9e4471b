"""Sealed sets: texts that are measured once before anybody works on what they show, and of which no row is shown."""
