"""How it is shown: the page, its figures and the formats others read."""
