"""Rules of medicine and administration, as data with dates."""
