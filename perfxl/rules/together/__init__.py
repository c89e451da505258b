"""Rules on several forms at once (PX6xx): what a reviewer who adds them up looks for."""
