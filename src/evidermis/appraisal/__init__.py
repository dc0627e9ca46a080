"""How far to trust it: small, named, versioned rules that each return their reason."""
