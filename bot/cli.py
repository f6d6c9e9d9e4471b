"""The `instep` command (being written)."""

from __future__ import annotations

import typer

app = typer.Typer(help="Instep, the assistant of a podiatry practice.", no_args_is_help=True)


def main() -> None:
    """Run the command line."""
    app()
