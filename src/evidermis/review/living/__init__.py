"""A review that is kept up: its versions, what changed between them, its trials, and a turn of the wheel."""
