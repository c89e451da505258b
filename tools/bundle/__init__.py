"""What build.spec is made of: what is left out, what is set aside, and what the executable says about itself."""
