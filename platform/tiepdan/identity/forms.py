"""What people type to sign in, to begin, and to manage members."""

from flask_babel import lazy_gettext as _l
from wtforms import DateField, PasswordField, SelectMultipleField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional

from tiepdan.identity.permissions import Role
from tiepdan.web.forms import Form

ROLE_LABELS = {
    Role.TENANT_ADMIN: _l("Quản trị đơn vị"),
    Role.COMMITTEE_HEAD: _l("Người đứng đầu"),
    Role.RECEPTION_OFFICER: _l("Cán bộ tiếp công dân"),
    Role.PETITION_OFFICER: _l("Cán bộ xử lý đơn"),
    Role.HANDLER: _l("Người giải quyết, xác minh"),
    Role.INSPECTOR: _l("Thanh tra, kiểm tra"),
    Role.VIEWER: _l("Người xem"),
}


class SignInForm(Form):
    """Login and password."""

    login = StringField(
        _l("Tên đăng nhập"),
        [InputRequired(_l("Hãy nhập tên đăng nhập.")), Length(max=64)],
        render_kw={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"},
    )
    password = PasswordField(
        _l("Mật khẩu"),
        [InputRequired(_l("Hãy nhập mật khẩu.")), Length(max=256)],
        render_kw={"autocomplete": "current-password"},
    )


class NewPasswordForm(Form):
    """The first password, by invitation."""

    password = PasswordField(
        _l("Mật khẩu mới"),
        [InputRequired(_l("Hãy chọn một mật khẩu.")), Length(max=256)],
        description=_l("Ít nhất 12 ký tự. Một cụm từ dài dễ nhớ tốt hơn ký hiệu khó nhớ."),
        render_kw={"autocomplete": "new-password"},
    )


class PasswordForm(Form):
    """A changed password."""

    old = PasswordField(
        _l("Mật khẩu hiện tại"),
        [InputRequired(_l("Hãy nhập mật khẩu hiện tại.")), Length(max=256)],
        render_kw={"autocomplete": "current-password"},
    )
    password = PasswordField(
        _l("Mật khẩu mới"),
        [InputRequired(_l("Hãy chọn một mật khẩu.")), Length(max=256)],
        description=_l("Ít nhất 12 ký tự. Các phiên đăng nhập khác của bạn sẽ kết thúc."),
        render_kw={"autocomplete": "new-password"},
    )


class InviteForm(Form):
    """A person to be invited into the tenant."""

    login = StringField(
        _l("Tên đăng nhập"),
        [InputRequired(_l("Hãy nhập tên đăng nhập.")), Length(max=64)],
        description=_l("Chữ thường không dấu, ví dụ nguyen.van.an@langson"),
        render_kw={"autocomplete": "off", "autocapitalize": "none"},
    )
    full_name = StringField(
        _l("Họ và tên"),
        [Length(max=120)],
        description=_l("Bỏ trống nếu người này đã có tài khoản."),
    )
    roles = SelectMultipleField(
        _l("Vai trò"),
        choices=[SelectChoice(role.value, label) for role, label in ROLE_LABELS.items()],
        description=_l("Có thể chọn nhiều vai trò."),
    )
    until = DateField(
        _l("Hết hạn ngày"),
        [Optional()],
        description=_l("Ngày cuối cùng vai trò còn hiệu lực. Bỏ trống nếu không có thời hạn."),
    )


class LimitForm(Form):
    """The last day on which a role counts."""

    until = DateField(
        _l("Hết hạn ngày"),
        [Optional()],
        description=_l("Ngày cuối cùng vai trò còn hiệu lực. Bỏ trống nếu không có thời hạn."),
    )


class AppointForm(Form):
    """A first administrator, appointed from outside."""

    login = InviteForm.login
    full_name = InviteForm.full_name
