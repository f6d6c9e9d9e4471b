"""Django: settings, addresses, ASGI."""
