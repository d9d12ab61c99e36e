"""JSON for other programs of a committee: keys, the list of petitions, the OpenAPI document."""
