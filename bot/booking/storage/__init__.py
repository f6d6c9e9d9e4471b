"""How appointments lie in the database."""
