"""The public chat API that the widget talks to."""
