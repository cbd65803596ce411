"""What a scanner delivers: one kind of document a module, and one that tells them apart."""
