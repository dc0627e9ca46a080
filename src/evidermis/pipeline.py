"""What comes after what: the ordered stages of a review."""
