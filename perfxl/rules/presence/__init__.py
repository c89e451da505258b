"""Rules on what is there: required entries, types, leftovers of the template: PX1xx."""
