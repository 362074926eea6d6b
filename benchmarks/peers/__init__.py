"""Our engine and others side by side, each other one on the part of the rules that it can say."""
