"""Booking: schedule, slots, appointments. Django models stay in this room, behind its functions."""
