"""Speed, measured against openpyxl doing the plain reading or writing alone, in the same run on the same machine."""
