"""Armed blueprints, errors, forms and layout. Knows g.actor and g.tenant, no domain word."""
