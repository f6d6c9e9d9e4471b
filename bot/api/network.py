"""Where a request comes from."""

from __future__ import annotations

import ipaddress

from django.http import HttpRequest


def network_address(request: HttpRequest) -> str:
    """Return what counts as one visitor's connection: an IPv4 address, or a /64 network of IPv6 addresses."""
    # One household has one IPv4 address, but a whole /64 network of IPv6 addresses.
    try:
        address = ipaddress.ip_address(request.META.get("REMOTE_ADDR", ""))
    except ValueError:
        return "unknown"
    if address.version == 4:
        return str(address)
    return str(ipaddress.ip_network((address, 64), strict=False))
