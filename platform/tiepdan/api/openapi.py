"""The OpenAPI document of the interface, written by hand: it is the promise, the code keeps it."""

from tiepdan.petitions.rules import Field, Outcome, PetitionStatus
from tiepdan.sdk import PetitionKind

VERSION = "1.0.0"


def describe_api(server: str) -> dict[str, object]:
    """Return the OpenAPI 3.1 document. server: address of the interface for the tenant that asks."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Tiếp Dân",
            "version": VERSION,
            "description": "Đọc danh sách đơn của một đơn vị. Không có họ tên, địa chỉ hay nội dung đơn.",
        },
        "servers": [{"url": server}],
        "security": [{"key": []}],
        "paths": {"/petitions": {"get": _list_operation()}},
        "components": {
            "securitySchemes": {
                "key": {
                    "type": "http",
                    "scheme": "bearer",
                    "description": "Khóa do quản trị đơn vị cấp tại trang Khóa API; chỉ dùng được với đơn vị đó.",
                }
            },
            "schemas": {"Petition": _petition(), "PetitionPage": _page(), "Problem": _problem()},
        },
    }


def _list_operation() -> dict[str, object]:
    return {
        "operationId": "listPetitions",
        "summary": "Danh sách đơn, mới nhất trước",
        "parameters": [
            _parameter("status", _words(PetitionStatus), "Tình trạng"),
            _parameter("kind", _words(PetitionKind), "Loại đơn"),
            _parameter("open", {"type": "boolean"}, "true: chỉ đơn chưa kết thúc"),
            _parameter("received_from", _DAY, "Nhận từ ngày"),
            _parameter("received_to", _DAY, "Nhận đến hết ngày"),
            _parameter("limit", {"type": "integer", "minimum": 1, "maximum": 200, "default": 50}, "Số đơn một trang"),
            _parameter("cursor", {"type": "string"}, "next_cursor của trang trước"),
        ],
        "responses": {
            "200": _response("Một trang đơn", "PetitionPage", "application/json"),
            "401": _response("Thiếu khóa, khóa sai, hết hạn hoặc đã thu hồi"),
            "404": _response("Không có đơn vị này"),
            "422": _response("Tham số không hợp lệ"),
        },
    }


_DAY: dict[str, object] = {"type": "string", "format": "date"}
_DAY_OR_NULL: dict[str, object] = {"type": ["string", "null"], "format": "date"}


def _words(words: type[PetitionStatus] | type[PetitionKind] | type[Field] | type[Outcome]) -> dict[str, object]:
    return {"type": "string", "enum": [word.value for word in words]}


def _nullable(words: type[PetitionKind] | type[Outcome]) -> dict[str, object]:
    return {"type": ["string", "null"], "enum": [*(word.value for word in words), None]}


def _parameter(name: str, schema: dict[str, object], description: str) -> dict[str, object]:
    return {"name": name, "in": "query", "required": False, "schema": schema, "description": description}


def _response(description: str, schema: str = "Problem", media: str = "application/problem+json") -> dict[str, object]:
    return {
        "description": description,
        "content": {media: {"schema": {"$ref": f"#/components/schemas/{schema}"}}},
    }


def _petition() -> dict[str, object]:
    properties: dict[str, object] = {
        "id": {"type": "string", "format": "uuid"},
        "code": {"type": "string", "description": "Mã in trên giấy biên nhận", "examples": ["LS-7K2M9QXA4"]},
        "matter_id": {"type": "string", "format": "uuid"},
        "kind": {**_nullable(PetitionKind), "description": "null: chưa phân loại"},
        "field": _words(Field),
        "status": _words(PetitionStatus),
        "outcome": _nullable(Outcome),
        "sealed": {"type": "boolean", "description": "Danh tính và nội dung được giữ kín"},
        "people_count": {"type": "integer", "minimum": 1},
        "received_on": _DAY,
        "due_on": {**_DAY_OR_NULL, "description": "Thời hạn gần nhất đang tính"},
        "decided_on": _DAY_OR_NULL,
        "closed_on": _DAY_OR_NULL,
    }
    return {"type": "object", "required": list(properties), "properties": properties, "additionalProperties": False}


def _page() -> dict[str, object]:
    return {
        "type": "object",
        "required": ["items", "next_cursor"],
        "properties": {
            "items": {"type": "array", "items": {"$ref": "#/components/schemas/Petition"}},
            "next_cursor": {"type": ["string", "null"], "description": "null ở trang cuối"},
        },
        "additionalProperties": False,
    }


def _problem() -> dict[str, object]:
    return {
        "type": "object",
        "properties": {
            "type": {"type": "string"},
            "status": {"type": "integer"},
            "title": {"type": "string"},
            "errors": {"type": "object", "additionalProperties": {"type": "string"}},
        },
    }
