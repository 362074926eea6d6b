"""Published instances: read, judged, planned."""
