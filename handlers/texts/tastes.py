"""Sentences of /gostos and of 👍 and 👎 under a recipe."""

from handlers.catalogue import mark as _
from handlers.catalogue import marks as n_

TITLE = _("<b>O que aprendi sobre seus gostos</b>")
EMPTY = _(
    "Ainda não aprendi nada.\nEm cada receita há os botões 👍 Gostei e 👎 Não gostei. Trocas e dias pulados também contam um pouco."
)
LIKES = _("<b>Gosta</b>")
DISLIKES = _("<b>Não gosta</b>")
AVOIDS = _("<b>Troca ou pula</b>")
HINT = _("{name}: {what}")
TIMES_SWAPPED = n_("trocou {n} vez", "trocou {n} vezes")
TIMES_SKIPPED = n_("pulou {n} dia", "pulou {n} dias")
ONLY_ORDER = _("Isso só muda o que sugiro primeiro. Suas restrições valem sempre.")
WHICH = _("Toque num prato para eu esquecer.")
WITHHELD = _("Prato retirado")
FORGOT_WITHHELD = _("Esqueci esse prato.")
FORGOT = _("Esqueci: {name}.")
FORGOT_NOTHING = _("Isso eu já tinha esquecido.")
ERASE = _("Esquecer tudo o que aprendi sobre seus gostos?")
ERASED = _("Esqueci tudo sobre seus gostos. Começo do zero.")
ALL_TASTES = n_("Gostos: o que aprendi de {n} prato", "Gostos: o que aprendi de {n} pratos")

LIKED = _("Anotei: você gostou de {name}. Aparece um pouco mais.")
DISLIKED = _("Anotei: você não gostou de {name}. Evito nos próximos cardápios.")
LIKED_LINE = _("Você gostou deste prato.")
DISLIKED_LINE = _("Você não gostou deste prato.")
TAKEN_BACK = _("Desfiz.")

# Labels
LIKE = _("👍 Gostei")
DISLIKE = _("👎 Não gostei")
TASTES = _("Meus gostos")
FORGET_ALL = _("Esquecer tudo")
