"""WTForms' own complaints in our words: it knows some thirty languages, and Vietnamese is not among them."""

from flask_babel import lazy_gettext as _l

_WORDS = {
    "This field is required.": _l("Mục này cần được điền."),
    "Invalid input.": _l("Nội dung chưa đúng."),
    "Not a valid choice.": _l("Hãy chọn một mục trong danh sách."),
    "Invalid Choice: could not coerce.": _l("Hãy chọn một mục trong danh sách."),
    "Invalid choice(s): one or more data inputs could not be coerced.": _l("Hãy chọn trong danh sách."),
    "'%(value)s' is not a valid choice for this field.": _l("'%(value)s' không có trong danh sách."),
    "'%(value)s' are not valid choices for this field.": _l("'%(value)s' không có trong danh sách."),
    "Not a valid datetime value.": _l("Thời điểm chưa đúng."),
    "Not a valid date value.": _l("Ngày chưa đúng; hãy ghi theo dạng ngày/tháng/năm."),
    "Not a valid time value.": _l("Giờ chưa đúng; hãy ghi theo dạng giờ:phút."),
    "Not a valid week value.": _l("Tuần chưa đúng."),
    "Not a valid integer value.": _l("Hãy ghi một số nguyên."),
    "Not a valid decimal value.": _l("Hãy ghi một số."),
    "Not a valid float value.": _l("Hãy ghi một số."),
    "Field must be equal to %(other_name)s.": _l("Hai lần ghi chưa giống nhau."),
    "Field must be at least %(min)d character long.": _l("Cần ít nhất %(min)d ký tự."),
    "Field must be at least %(min)d characters long.": _l("Cần ít nhất %(min)d ký tự."),
    "Field cannot be longer than %(max)d character.": _l("Nhiều nhất %(max)d ký tự."),
    "Field cannot be longer than %(max)d characters.": _l("Nhiều nhất %(max)d ký tự."),
    "Field must be exactly %(max)d character long.": _l("Cần đúng %(max)d ký tự."),
    "Field must be exactly %(max)d characters long.": _l("Cần đúng %(max)d ký tự."),
    "Field must be between %(min)d and %(max)d characters long.": _l("Cần từ %(min)d đến %(max)d ký tự."),
    "Number must be at least %(min)s.": _l("Số nhỏ nhất là %(min)s."),
    "Number must be at most %(max)s.": _l("Số lớn nhất là %(max)s."),
    "Number must be between %(min)s and %(max)s.": _l("Số phải từ %(min)s đến %(max)s."),
    "Date must be at least %(min)s.": _l("Ngày sớm nhất là %(min)s."),
    "Date must be at most %(max)s.": _l("Ngày muộn nhất là %(max)s."),
    "Date must be between %(min)s and %(max)s.": _l("Ngày phải từ %(min)s đến %(max)s."),
    "Invalid email address.": _l("Địa chỉ thư điện tử chưa đúng."),
    "Invalid URL.": _l("Địa chỉ trang chưa đúng."),
    "Invalid UUID.": _l("Mã chưa đúng."),
    "Invalid value, must be one of: %(values)s.": _l("Chỉ nhận một trong: %(values)s."),
    "Invalid value, can't be any of: %(values)s.": _l("Không nhận: %(values)s."),
}


class FormWords:
    """What WTForms asks for its messages; the figures in them are filled in afterwards by WTForms."""

    def gettext(self, text: str) -> str:
        """Return our words for a message, or the message itself."""
        return str(_WORDS.get(text, text))

    def ngettext(self, singular: str, plural: str, number: int) -> str:
        """Return our words for a counted message; Vietnamese has no plural."""
        return self.gettext(singular if number == 1 else plural)
