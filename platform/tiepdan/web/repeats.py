"""Rows that a person may add to a form: what they are made of, and the empty one that the page clones."""

from wtforms import Field, FieldList
from wtforms import Form as PlainForm

from tiepdan.web.form_words import FormWords

PLACEHOLDER = "__index__"


class Row(PlainForm):  # type: ignore[misc]  # the library is untyped
    """The fields of one row, for `FieldList(FormField(…))`: no token of its own, complaints in our words."""

    class Meta:
        """Where WTForms finds its words."""

        def get_translations(self, form: PlainForm) -> FormWords:  # noqa: ARG002  # WTForms' signature
            """Return our words."""
            return FormWords()


def blank_entry(rows: FieldList) -> Field:
    """Make an empty row of a field list, numbered `__index__`, which the page replaces when it clones it."""
    entry: Field = rows.unbound_field.bind(
        form=None,
        name=f"{rows.name}-{PLACEHOLDER}",
        id=f"{rows.id}-{PLACEHOLDER}",
        _meta=rows.meta,
        translations=rows._translations,  # noqa: SLF001  # FieldList passes it on in the same way
    )
    entry.process(None)
    return entry
