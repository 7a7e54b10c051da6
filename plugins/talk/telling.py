"""Mail that there is something new in a conversation: to whom it is meant for, as far as they may see it.

Nothing of what was said, of whom or of which clip is in it.
"""

from __future__ import annotations

from django.conf import settings
from users.models import User

from plugins.host.accounts import in_group_of
from plugins.host.language import language_for
from plugins.host.mailing import is_configured, send
from plugins.talk import texts
from plugins.talk.models import Remark, Reply
from vib.conversation import Audience
from vib.roles import Role


def tell(said: Remark | Reply, address: str) -> None:
    """Mail supervisors that there is a remark, and who took part in a conversation that there is a reply.

    Each is written to in their own language.

    Parameters
    ----------
    address : str
        The whole address of the conversation's page.
    """
    if not is_configured():
        return
    sees = settings.VIB_PLUGIN_HOST.hook.vib_sees
    people = User.objects.filter(pk__in=_meant(said)).exclude(pk=said.by_id).select_related("vib_preferences")
    for user in people.order_by("pk"):
        if sees(user=user.pk, model=said._meta.label, number=said.pk):
            language = language_for(user)
            send(user.email, texts.MAIL_SUBJECT.to(language), texts.MAIL.to(language).format(address))


def _meant(said: Remark | Reply) -> set[int]:
    if isinstance(said, Reply):
        earlier = Reply.objects.filter(remark=said.remark_id).values_list("by", flat=True)
        return {said.remark.by_id, *earlier}
    if said.audience == Audience.SELF:
        return set()
    return set(in_group_of(Role.SUPERVISOR).values_list("pk", flat=True))
