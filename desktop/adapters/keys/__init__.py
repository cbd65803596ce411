"""The keys of one terminal, one class of protection a module."""
