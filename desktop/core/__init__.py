"""The rules of the counter, pure: what is asked, what is allowed, what is owed to the centre."""
