"""Independent programs that compute workbooks anew, to hold our formulas and values against."""
