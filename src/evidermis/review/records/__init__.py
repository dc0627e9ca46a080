"""A review's records: imported, fetched, kept in its library, and linked to one another."""
