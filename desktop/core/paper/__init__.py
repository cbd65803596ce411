"""What leaves the shop on paper: one document a module, as drawing commands."""
