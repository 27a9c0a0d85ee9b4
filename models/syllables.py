"""Whether a word is built as a Vietnamese syllable is: what may begin it, follow, and which tone that takes.

The sounds are those of any grammar of Vietnamese; names of other languages ("Krông", "Müller") are none.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_BEGINNINGS = "b c ch d đ g gh gi h k kh l m n ng ngh nh ph r s t th tr v x"
_ENDINGS = (
    "a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây"
    " e ec em en eng eo ep et ê êch êm ên ênh êp êt êu i ia ich im in inh ip it iu iêc iêm iên iêng iêp iêt iêu"
    " o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet oi om on ong oong"
    " ooc op ot ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt u ua uc ui um un ung up ut uân uât uâng uây uê uêch uênh"
    " uơ uy uya uyên uyêt uych uynh uyt uyu uyp uôc uôi uôm uôn uông uôt ư ưa ưc ưi ưm ưng ưt ưu ươc ươi ươm ươn"
    " ương ươp ươt ươu y yên yêt yêu yêm yêng yêng"
)
_ONSETS, _RHYMES = _BEGINNINGS.split(), frozenset(_ENDINGS.split())
_TONES = "\u0300\u0301\u0303\u0309\u0323"
#: A syllable that ends so is said with a high or a heavy tone, and written with its mark.
_STOPPED = re.compile(r"(?:c|ch|p|t)\Z")
_STOPPED_TONES = ("\u0301", "\u0323")


@lru_cache(maxsize=8192)
def is_syllable(word: str) -> bool:
    """Whether ``word`` (NFC, capitals or not) may be one syllable of Vietnamese."""
    letters, tone = [], ""
    for letter in unicodedata.normalize("NFD", word.lower()):
        if letter in _TONES:
            if tone:
                return False
            tone = letter
        else:
            letters.append(letter)
    plain = unicodedata.normalize("NFC", "".join(letters))
    if plain.startswith("q"):
        fits = (
            plain.startswith("qu") and plain[2:3] not in ("", "u", "ư", "o") and bool({plain[1:], plain[2:]} & _RHYMES)
        )
    else:
        fits = plain in _RHYMES or any(
            plain.startswith(onset) and (plain[len(onset) :] in _RHYMES or plain == "gi") for onset in _ONSETS
        )
    return fits and (tone in _STOPPED_TONES or not _STOPPED.search(plain))
