"""Products beside a review: what their pages promise, and what is known of it."""
