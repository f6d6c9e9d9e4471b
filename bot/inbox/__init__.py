"""The inbox: the record of what was said. Django models stay in this room, behind its functions."""
