"""What developers run: pages and new rules; what builds and drives the executables. No part of the program."""
