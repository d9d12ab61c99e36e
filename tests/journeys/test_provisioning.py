"""The IT administrator: tenants from a file, the first administrator of a commune by a link shown once."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.journeys.conftest import Walk
from tests.journeys.served_demo import ServedDemo
from tests.journeys.walker import Walker

LOGIN, PASSWORD = "be.thi.lua@dongdang", "mười hai con giáp quây quần"


def test_a_first_administrator_is_appointed_invited_and_confirmed(walk: Walk) -> None:
    admin = walk("cntt.langson")
    admin.reads("227", "Tỉnh Lạng Sơn", "không mở được đơn thư")
    admin.page.get_by_label("Tên đơn vị").fill("dong dang")
    admin.press("Lọc")
    admin.follow("Đảng ủy thị trấn Đồng Đăng")
    admin.fill("Tên đăng nhập", LOGIN)
    admin.fill("Họ và tên", "Bế Thị Lụa")
    admin.press("Chỉ định")
    link = admin.page.locator("code.copy-line").inner_text().strip()
    assert link.startswith(admin.address)
    admin.open("/t/dang-uy-thi-tran-dong-dang/petitions/", status=404)
    invitee = walk()
    invitee.open(link.removeprefix(admin.address))
    invitee.reads("Bế Thị Lụa", LOGIN)
    invitee.fill("Mật khẩu", PASSWORD)
    invitee.press("Đặt mật khẩu và đăng nhập")
    invitee.open("/t/dang-uy-thi-tran-dong-dang/members/")
    invitee.reads("Chờ người đứng đầu xác nhận")
    assert invitee.page.get_by_role("navigation", name="Công việc", exact=True).get_by_text("Đơn thư").count() == 0
    invitee.open("/t/dang-uy-thi-tran-dong-dang/petitions/", status=403)
    late = walk()
    late.open(link.removeprefix(admin.address), status=404)
    the_head_confirms(walk("bithu.xa1.caoloc"))
    invitee.open("/t/dang-uy-thi-tran-dong-dang/members/")
    invitee.never_reads("Chờ người đứng đầu xác nhận")
    again = walk()
    again.sign_in(LOGIN, PASSWORD)


def the_head_confirms(head: Walker) -> None:
    """The head is shown who was appointed from outside, and confirms."""
    head.reads("Có người được chỉ định từ bên ngoài đơn vị", "Bế Thị Lụa")
    head.follow(head.menu("Người đứng đầu"))
    head.reads("Vai trò chờ xác nhận", "Bế Thị Lụa", "Quản trị công nghệ thông tin cấp tỉnh")
    head.press(head.page.locator("tr", has_text="Bế Thị Lụa").get_by_role("button", name="Xác nhận", exact=True))
    head.never_reads("Vai trò chờ xác nhận")


def test_a_province_is_written_planned_and_applied_from_the_command_line(
    demo: ServedDemo, servers: Any, make_database: Callable[..., Any], worker_id: str, tmp_path: Path
) -> None:
    database = make_database(servers, f"journeys_empty_{worker_id}")
    environ = {**demo.environ, "DATABASE_URL": database.app_url, "DATABASE_OWNER_URL": database.owner_url}

    def tiepdan(*words: str) -> str:
        done = subprocess.run(
            [sys.executable, "-c", "from tiepdan.cli import main; main()", "tenants", *words],
            env=environ, cwd=tmp_path, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    tiepdan("new", "lang-son", "--province", "20", "--as-of", "2022-06-30", "--folder", "tenants")
    written = "tenants/lang-son/tenant.toml"
    assert (tmp_path / written).exists()
    assert "Huyện ủy Cao Lộc" in tiepdan("plan", "--all", written)
    tiepdan("apply", "--yes", written)
    listed = tiepdan("list", "--province", "lang-son")
    assert "huyen-uy-cao-loc" in listed
    assert "tinh-uy-lang-son" in listed
    again = tiepdan("plan", "--all", written)
    assert "Huyện ủy Cao Lộc" not in again, "a second plan finds nothing to do"
