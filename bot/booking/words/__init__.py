"""What visitors write about a visit and themselves: contact details, picks, references."""
