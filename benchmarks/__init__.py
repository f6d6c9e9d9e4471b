"""What is measured, against what. Each module's docstring names its command."""
