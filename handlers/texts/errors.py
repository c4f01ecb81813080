"""When something breaks: what happened, what was kept, what to do."""

from handlers.catalogue import mark as _

ERROR = _(
    "Não consegui fazer isso agora. O que você já tinha está guardado.\n"
    "Tente de novo em 1 minuto. Código: {code}"
)
MAINTENANCE = _("Estou em manutenção. O que você já tinha está guardado. Volte em alguns minutos.")
