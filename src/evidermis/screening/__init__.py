"""What to read first, how people decide, how well they agree, and when to stop."""
