"""What people get in writing: the draft of a self-evaluation report (自评报告), made from one form."""
