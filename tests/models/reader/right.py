"""Texts that are right and look wrong: nothing may be marked in them. Each stands for a way of writing, not a plan."""

from __future__ import annotations

#: One syllable ends a word and begins the next; the name of an office and what it does; words that double to mean more.
REPETITIONS = (
    "Dữ liệu được tổng hợp trên hệ thống thống kê ngành và hệ thống thống nhất của tỉnh.",
    "Cung cấp thông tin tin cậy cho người dân, doanh nghiệp.",
    "Bảo vệ các cơ quan quan trọng và bảo đảm an toàn toàn diện cho dữ liệu.",
    "Thu hút vốn đầu tư tư nhân vào hạ tầng số; khuyến khích sản xuất xuất khẩu phần mềm.",
    "Thực hiện hiện đại hóa hành chính; triển khai khai thác cơ sở dữ liệu dùng chung.",
    "Lãnh đạo Sở giám sát sát sao tiến độ từng nhiệm vụ.",
    "Nâng cấp cấp độ an toàn của hệ thống thông tin từ cấp độ 2 lên cấp độ 3.",
    "Đưa vào sử dụng phần mềm quản lý lý lịch tư pháp và phần mềm quản lý lý lịch khoa học.",
    "Hoàn thành việc đăng ký ký số cho lãnh đạo các phòng; tiếp nhận ý kiến kiến nghị của cử tri.",
    "Trưởng ban ban hành quy chế làm việc; Hội đồng đồng ý chủ trương.",
    "Bố trí 150 triệu đồng đồng thời lồng ghép với nguồn vốn của tỉnh.",
    "Đưa Nha Trang trở thành thành phố thông minh.",
    "Quy định định kỳ hằng quý báo cáo kết quả; xác định định mức chi theo quy định.",
    "Sở Thông tin và Truyền thông thông tin kịp thời đến các địa phương.",
    "Sở Xây dựng xây dựng cơ sở dữ liệu quy hoạch, hoàn thành trong quý II.",
    "Sở Kế hoạch và Đầu tư đầu tư hạ tầng mạng; Sở Giáo dục và Đào tạo đào tạo 50 giáo viên.",
    "Ban Tổ chức tổ chức 02 lớp bồi dưỡng; Ban Quản lý quản lý tiến độ dự án.",
    "Giao Thanh tra thanh tra việc mua sắm thiết bị.",
    "Các quy định còn chung chung; hệ thống luôn luôn sẵn sàng, dần dần thay thế thiết bị cũ.",
    "Nhà nhà, người người sử dụng dịch vụ công trực tuyến; ở đâu đâu cũng có điểm hỗ trợ.",
    "Thực hiện cơ chế một cửa, một cửa liên thông; chuyển đổi số, số hóa hồ sơ, hồ sơ lưu trữ.",
    "Diễn tập, tập huấn cho công chức; công chứng, chứng thực điện tử.",
    "Kế hoạch năm năm của tỉnh được đánh giá năm năm một lần.",
    "Từng bước, từng bước một hoàn thiện hạ tầng kỹ thuật.",
    "Văn phòng Sở - Sở Lao động, Thương binh và Xã hội là đầu mối.",
    "+ Mức độ 3\n+ Mức độ 4\n+ Mức độ 4 có thanh toán",
    "Đề mục đánh số theo kiểu Phần I – I – 1 – a hoặc I - 1 - 1.1 - a.",
    "Bước cuối cùng cùng các phòng rà soát.",
    "Địa chỉ: https://dichvucong.gov.vn, thư điện tử: vanphong@vanphong.gov.vn.",
)

#: Percentages that are not of the count before them, or not of the whole one thinks.
SHARES = (
    "Đơn vị có 54 thủ tục hành chính, trong đó 80% được cung cấp trực tuyến.",
    "Trong 119 thủ tục có 80 thủ tục trực tuyến; 60 thủ tục (75%) trong số thủ tục trực tuyến phát sinh hồ sơ.",
    "Đã giải quyết 486 hồ sơ (tăng 25% so với năm 2020).",
    "Có 77/77 máy tính (100%) kết nối mạng; 7/9 phòng (77,8%) có máy in dùng chung.",
    "Khoảng 31 thủ tục, chiếm gần 60% trong tổng số 54 thủ tục.",
    "Trong 54 thủ tục có 31 thủ tục, chiếm trên 57%, ở mức độ 2.",
    "Thu phí, lệ phí đạt 112% kế hoạch; có 12 hồ sơ quá hạn (0,6%).",
    "Trong số 47 hồ sơ có 13 hồ sơ (27,66%) ở mức độ 2, 26 hồ sơ (55,32%) ở mức độ 3 và 08 hồ sơ (17,02%) ở mức độ 4.",
    "Trong 8 đơn vị có 1 đơn vị (12,5%) chưa có mạng nội bộ.",
    "Trong 1.000 văn bản có 5 văn bản (0,5%) phát hành bằng giấy.",
    "Trong 9 phòng có 6 phòng (67%) đã hoàn thành.",
    "Phấn đấu 100% hồ sơ được số hóa, trong đó 50% được tái sử dụng dữ liệu.",
    "Hoàn thành 30/34 chỉ tiêu (88,24%); còn lại 04/34 chỉ tiêu (11,76%).",
    "Số hồ sơ toàn trình là 115.665 trên tổng số 168.746 hồ sơ, chiếm 68,54%; khối sở đạt 54,46%, khối xã đạt 16,94%.",
    "Tỷ lệ hồ sơ trực tuyến đạt 39,98%, tăng 1,72% so với cùng kỳ; 12 đơn vị đạt dưới 10%.",
    "Năm qua giao 44.239 việc: 40.433 việc đúng hạn, 3.806 việc trễ hạn, trễ hạn bằng 8,6%.",
    "Trong tổng số 1.205 văn bản đi, có 1.180 văn bản được ký số, đạt 97,93%, tăng 3,2% so với năm 2020.",
    "Trong số 62 thủ tục có 48 thủ tục toàn trình, đạt 96% kế hoạch giao.",
    "Trong 20 chỉ tiêu có 18 chỉ tiêu đạt 100% và 02 chỉ tiêu đạt 85% kế hoạch.",
)

#: Numbers that stand together and are no parts of a whole, or only some of them.
SUMS = (
    "Sở có 45 công chức, trong đó 20 nữ và 12 đảng viên.",
    "Ban Biên tập gồm 07 người, trong đó có 01 Trưởng ban và 02 Phó Trưởng ban.",
    "Công bố 1.829 thủ tục, trong đó 331 thủ tục mức độ 3 và 300 thủ tục mức độ 4.",
    "Sở có 72 công chức, viên chức, trong đó có 01 Phó Giám đốc phụ trách và 01 công chức chuyên trách.",
    "Tổ chức 12 lớp tập huấn cho 350 lượt người, trong đó 05 lớp trực tuyến.",
    "Kinh phí bảo trì là 500 triệu đồng, trong đó quý I đã chi 200 triệu đồng.",
    "Trang bị 41 máy tính để bàn, 14 máy tính xách tay, 02 máy chiếu và 21 máy in.",
    "Số hồ sơ tăng từ 1.250 lên 1.486, trong đó 36 hồ sơ nộp qua bưu điện.",
    "Quy trình gồm 03 bước, thực hiện trong 05 ngày làm việc, tại 02 bộ phận.",
    "Đã cấp 97 tài khoản, trong đó 68 tài khoản sử dụng thường xuyên và 29 tài khoản đã khóa.",
    "Kinh phí thiết bị 150 triệu đồng, phần mềm 0 đồng, đường truyền 117.000.000 đồng; tổng cộng 267.000.000 đồng.",
    "Tổng dung lượng 12 TB, gồm 02 máy chủ và 03 tủ đĩa.",
)

#: Amounts and the words beside them.
AMOUNTS = (
    "Kinh phí 405.000.000 đồng (Bằng chữ: Bốn trăm linh năm triệu đồng chẵn).",
    "Kinh phí 5.039.722.000 đ (bằng chữ: năm tỉ không trăm ba mươi chín triệu bảy trăm hai mươi hai ngàn đồng./.).",
    "Kinh phí 1.021.004.000 đồng (Bằng chữ: Một tỷ không trăm hai mươi mốt triệu không trăm lẻ bốn nghìn đồng).",
    "Kinh phí 5,04 tỷ đồng (bằng chữ: Năm tỷ không trăm bốn mươi triệu đồng).",
    "Kinh phí 124 triệu đồng (một trăm hai mươi bốn triệu đồng).",
    "Mức chi 50.000 đồng/người/ngày; phí 0 đồng với hồ sơ trực tuyến.",
)

#: Years and periods.
PERIODS = (
    "Giai đoạn 2016 - 2020 và giai đoạn 2021 - 2025, định hướng đến năm 2030, tầm nhìn 2045.",
    "Năm học 2021 - 2022; từ ngày 01/7/2022 đến ngày 30/6/2023; quý IV/2021 - quý I/2022.",
    "Áp dụng TCVN ISO 9001:2015, ISO/IEC 27001:2013 và QCVN 102:2016/BTTTT.",
    "Tỷ lệ năm 2022/2021 tăng 12%; số hồ sơ giảm từ 2.025 xuống còn 2.015 hồ sơ.",
    "Điện thoại 0258.3822.2019 - 2018; số tài khoản 2022-2021-0001.",
    "Trụ sở xây dựng năm 2030 - theo quy hoạch năm 2021.",
)

#: Documents of the same number from others, cited twice, without a date, or beside a date that is not theirs.
CITATIONS = (
    "Công văn số 749/STTTT-CNTT ngày 10/5/2021 và Quyết định số 21/QĐ-UBND ngày 05/3/2021 của UBND tỉnh.",
    "Chỉ thị số 14/CT-TTg ngày 25/5/2018 và Chỉ thị số 14/CT-TTg ngày 07/6/2019 của Thủ tướng Chính phủ.",
    "Nghị định số 61/2018/NĐ-CP ngày 23/4/2018 của Chính phủ; Kế hoạch thực hiện Nghị định số 61/2018/NĐ-CP.",
    "Quyết định số 749/QĐ-TTg ngày 3/6/2020, Quyết định số 749/QĐ-TTg ngày 03 tháng 06 năm 2020.",
    "Hoàn thành trước ngày 15/12/2022 theo Nghị định số 47/2020/NĐ-CP; báo cáo trước ngày 30/11/2022.",
    "Luật Công nghệ thông tin ngày 29/6/2006 và Luật An toàn thông tin mạng ngày 19/11/2015.",
    "Nghị quyết số 12/2020/NQ-HĐND ngày 10/12/2020 của HĐND tỉnh; Quyết định số 161/QĐ-STP ngày 30/11/2020.",
    "Các Quyết định: số 160/QĐ-STP, số 161/QĐ-STP ngày 30/11/2020 của Sở Tư pháp.",
    "Thông tư số 47/2016/TT-BTTTT ngày 26/12/2016 (đã được thay thế bởi Thông tư số 40/2020/TT-BTTTT).",
    "Luật sửa đổi, bổ sung một số điều của Luật Tổ chức Chính phủ số 76/2015/QH13 và Luật Tổ chức chính quyền địa phương "
    "số 77/2015/QH13 ngày 22/11/2019.",
    "Nghị định số 45/2020/NĐ-CP ngày 08/4/2020, dẫn chiếu Nghị định số 61/2018/NĐ-CP ngày 23/4/2018.",
    "Nghị định số 43/2011/NĐ-CP ngày 13/6/2011 của Chính phủ về việc cung cấp thông tin và dịch vụ công trực tuyến.",
)

RIGHT = (*REPETITIONS, *SHARES, *SUMS, *AMOUNTS, *PERIODS, *CITATIONS)
