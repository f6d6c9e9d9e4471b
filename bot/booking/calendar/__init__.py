"""The practice's own calendar: what it takes, and the events that Instep writes."""
