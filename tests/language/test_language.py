"""Ten sentences a language, as people write them in forms and project lists; and what is not to be guessed."""

import pytest

from nlp.language import LONGEST_READ, detect

SENTENCES = {
    "en": """Head of the drainage department of a city of two million
Raised the quay by half a metre
Who can tell us how they moved a whole village uphill?
MSc thesis on sediment transport in braided rivers
I trained lifeguards and firefighters after the great storm
Water quality sampling at forty stations
Responsible for tenders, contracts and the supervision of works
Our wells went dry, so we dug deeper ones
Lecturer in hydraulic engineering since 2009
Insurance for smallholders whose harvest fails""",
    "es": """Jefe del departamento de drenaje de una ciudad de dos millones
Elevamos el muelle medio metro
¿Quién ha trasladado un pueblo entero a la ladera?
Tesis sobre transporte de sedimentos en ríos trenzados
Formé a socorristas y bomberos después de la gran tormenta
Muestreo de calidad del agua en cuarenta estaciones
Responsable de licitaciones, contratos y supervisión de obras
Los pozos se secaron y tuvimos que excavar otros
Profesora de ingeniería hidráulica desde 2009
Seguros para pequeños agricultores cuya cosecha se pierde""",
    "fr": """Chef du service d'assainissement d'une ville de deux millions d'habitants
Nous avons relevé le quai d'un demi-mètre
Qui a déplacé un village entier vers les hauteurs ?
Mémoire sur le transport solide dans les rivières en tresses
J'ai formé des sauveteurs et des pompiers après la grande tempête
Échantillonnage de la qualité des eaux dans quarante stations
Responsable des appels d'offres, des contrats et du suivi des travaux
Nos puits étaient à sec, il a fallu creuser plus profond
Enseignante en hydraulique depuis 2009
Assurance pour les paysans dont la récolte est perdue""",
    "pt": """Chefe do departamento de drenagem de uma cidade de dois milhões
Elevámos o cais meio metro
Quem já mudou uma aldeia inteira para a encosta?
Dissertação sobre transporte de sedimentos em rios entrançados
Formei socorristas e bombeiros depois da grande tempestade
Amostragem da qualidade da água em quarenta estações
Responsável por licitações, contratos e fiscalização de obras
Os poços secaram e tivemos de abrir outros mais fundos
Professora de engenharia hidráulica desde 2009
Seguros para pequenos agricultores que perdem a colheita""",
    "nl": """Hoofd van de afdeling riolering van een stad met twee miljoen inwoners
We hebben de kade een halve meter verhoogd
Wie heeft een heel dorp naar hoger gelegen grond verplaatst?
Afstudeerscriptie over sedimenttransport in vlechtende rivieren
Ik leidde reddingswerkers en brandweerlieden op na de grote storm
Bemonstering van de waterkwaliteit op veertig meetpunten
Verantwoordelijk voor aanbestedingen, contracten en toezicht op de uitvoering
Onze putten vielen droog, dus groeven we diepere
Docent waterbouwkunde sinds 2009
Verzekering voor boeren van wie de oogst mislukt""",
    "ar": """رئيس قسم الصرف في مدينة يسكنها مليونا نسمة
رفعنا الرصيف نصف متر
من نقل قرية كاملة إلى أرض أعلى؟
رسالة ماجستير عن نقل الرواسب في الأنهار المجدولة
دربت المنقذين ورجال الإطفاء بعد العاصفة الكبرى
أخذ عينات لجودة المياه في أربعين محطة
مسؤول عن المناقصات والعقود والإشراف على الأعمال
جفت آبارنا فحفرنا آبارا أعمق
محاضرة في الهندسة الهيدروليكية منذ 2009
تأمين لصغار المزارعين عند فشل المحصول""",
    "id": """Kepala dinas drainase kota berpenduduk dua juta jiwa
Kami meninggikan dermaga setengah meter
Siapa yang pernah memindahkan seluruh desa ke tempat tinggi?
Tesis tentang angkutan sedimen di sungai berjalin
Saya melatih penyelamat dan pemadam kebakaran setelah badai besar
Pengambilan contoh kualitas air di empat puluh stasiun
Bertanggung jawab atas pelelangan, kontrak dan pengawasan pekerjaan
Sumur kami kering, jadi kami menggali lebih dalam
Dosen teknik hidraulika sejak 2009
Asuransi bagi petani kecil yang gagal panen""",
    "vi": """Trưởng phòng thoát nước của một thành phố hai triệu dân
Chúng tôi nâng cao bến cảng thêm nửa mét
Ai đã di dời cả một ngôi làng lên vùng đất cao?
Luận văn về vận chuyển bùn cát trong sông phân nhánh
Tôi huấn luyện cứu hộ và lính cứu hỏa sau cơn bão lớn
Lấy mẫu chất lượng nước tại bốn mươi trạm
Phụ trách đấu thầu, hợp đồng và giám sát thi công
Giếng cạn nên chúng tôi phải khoan sâu hơn
Giảng viên kỹ thuật thủy lực từ năm 2009
Bảo hiểm cho nông dân bị mất mùa""",
    "zh": """两百万人口城市的排水处处长
我们把码头加高了半米
谁曾把整个村庄迁到高处？
辫状河流泥沙输移硕士论文
大风暴之后我培训了救援人员和消防员
在四十个站点采集水质样品
负责招标、合同和工程监理
水井干了，我们只好打更深的井
2009年起任水力学讲师
为歉收的小农提供保险""",
}


@pytest.mark.parametrize("language", SENTENCES)
def test_nine_of_ten_sentences_are_told_and_none_is_taken_for_another(language: str) -> None:
    sentences = SENTENCES[language].splitlines()
    assert len(sentences) == 10
    told = [detect(sentence) for sentence in sentences]
    wrong = [
        (sentence, found) for sentence, found in zip(sentences, told, strict=True) if found not in (language, None)
    ]
    assert not wrong
    assert told.count(language) >= 9


@pytest.mark.parametrize("text", ["", "   ", "12 345 - 67 %", "PhD", "Delta", "BSc, MSc", "\x00\x01", "😀😀"])
def test_what_says_nothing_is_not_guessed(text: str) -> None:
    assert detect(text) is None


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Die Stadt hat nach dem Hochwasser einen neuen Deich gebaut.", "de"),
        ("Il comune ha costruito un nuovo argine dopo la piena.", "it"),
        ("洪水のあとに堤防を直しました。", "ja"),
        ("홍수 뒤에 제방을 고쳤습니다", "ko"),
        ("После наводнения построили дамбу.", None),
        ("پس از سیل سد جدیدی ساخته شد و کوچ کردیم", None),
    ],
)
def test_neighbours_are_not_taken_for_languages_of_the_network(text: str, language: str | None) -> None:
    assert detect(text) == language


def test_a_name_in_another_script_does_not_decide() -> None:
    assert detect("Deputy mayor of Guangzhou (广州), responsible for the drainage of the old town") == "en"
    assert detect("在 Rotterdam 工作了三年，负责 water square 的设计与施工管理") == "zh"


def test_accents_in_parts_are_read_as_in_one() -> None:
    assert detect("Chúng tôi nâng cao bến cảng") == "vi"


def test_a_very_long_text_is_read_at_its_beginning() -> None:
    assert detect("The dike was raised by the city. " * 100 + "Le quai a été relevé. " * 50_000) == "en"
    assert LONGEST_READ < 10_000
