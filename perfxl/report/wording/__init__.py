"""The wording of the genre: facts in, sentences out.

Every figure comes from the facts. What the form does not prove is not said: an indicator whose attainment is
undecided is described by its target and actual value only. A missing value is a visible mark, never a gap,
and a fault that the rules prove in the form's figures is marked where they are stated.
"""
