"""What the district carries out, and reviews: each of the three separately.

Chỉ thị 35-CT/TW of 26/5/2014 (leadership of citizen reception and of settling complaints and denunciations),
Quy định 11-QĐi/TW of 18/2/2019 (responsibility of committee heads), Kết luận 01-KL/TW of 18/5/2021 (going on with
Chỉ thị 05-CT/TW on studying and following Hồ Chí Minh).
"""

from tiepdan_dong_da.fields import words

CT35, QD11, KL01 = "ct35", "qd11", "kl01"

RECEPTION = (CT35, QD11)  # about citizen reception, complaints and denunciations

PROGRAMMES = {
    CT35: words("Chỉ thị 35-CT/TW", "Directive 35-CT/TW"),
    QD11: words("Quy định 11-QĐi/TW", "Regulation 11-QĐi/TW"),
    KL01: words("Kết luận 01-KL/TW", "Conclusion 01-KL/TW"),
}

SOURCE_RECEPTION = "Chỉ thị 35-CT/TW ngày 26/5/2014; Quy định 11-QĐi/TW ngày 18/2/2019"
SOURCE_STUDY = "Kết luận 01-KL/TW ngày 18/5/2021; Chỉ thị 05-CT/TW"

DISTRICT, WARD = "district", "ward"

LEVELS = {
    "central": words("Trung ương", "Central"),
    "city": words("Thành phố", "City"),
    DISTRICT: words("Quận", "District"),
    WARD: words("Phường, cơ sở", "Ward or grass roots"),
}
