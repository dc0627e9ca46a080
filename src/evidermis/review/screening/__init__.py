"""Screening a review: what waits, one sitting at the desk, and the numbers that come of it."""
