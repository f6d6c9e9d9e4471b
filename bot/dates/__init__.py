"""The language of dates: when somebody wants to come, as people write it."""
