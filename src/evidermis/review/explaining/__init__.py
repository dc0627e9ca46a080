"""From anything that a page shows back to where it comes from."""
