"""What rules read exactly: ages, durations, temperatures, and answers to a question."""
