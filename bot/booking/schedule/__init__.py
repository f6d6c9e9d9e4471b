"""What can be booked: openings of the clinicians, and the choice among them."""
