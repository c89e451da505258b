"""Rules on the workbook as a file: PX9xx. Each is asked once for a workbook, with the forms found in it."""
