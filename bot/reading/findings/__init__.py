"""Which findings the words of a text name, how each is said, and whose it is."""
