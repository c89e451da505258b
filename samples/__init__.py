"""The sample workbooks and the script that builds them from the transcribed tables."""
