"""Parts that plugins add to the platform's forms: asked, shown, checked, and kept in the version they were given in."""
