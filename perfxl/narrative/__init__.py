"""Reports as prose: paragraphs to sentences, sentences to figures with their unit, precision and what they are about."""
