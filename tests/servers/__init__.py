"""Real servers of mail and calendars that tests run against."""
