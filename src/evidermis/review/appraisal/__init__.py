"""How far to trust the studies of a review: risk of bias and integrity, as tables that people read and sign."""
