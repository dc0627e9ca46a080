"""Articles beside reviews: audited against one, or drafted into one."""
