"""The review folder itself: read with the place of everything, checked, and written so that nothing is ever half there."""
