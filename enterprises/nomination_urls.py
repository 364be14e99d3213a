"""The addresses of rounds, nominations and their review."""

from django.urls import path

from enterprises.views import batches, nominations, reviews, rounds, selections

urlpatterns = [
    path("dot-de-cu/", rounds.round_list, name="round_list"),
    path("dot-de-cu/them/", rounds.round_create, name="round_create"),
    path("dot-de-cu/<int:pk>/", rounds.round_detail, name="round_detail"),
    path("dot-de-cu/<int:pk>/sua/", rounds.round_edit, name="round_edit"),
    path("dot-de-cu/<int:pk>/mo/", rounds.round_open, name="round_open"),
    path("dot-de-cu/<int:pk>/gia-han/", rounds.round_extend, name="round_extend"),
    path("dot-de-cu/<int:pk>/dong/", rounds.round_close, name="round_close"),
    path("dot-de-cu/<int:pk>/duoc-chon/", selections.selection_list, name="selection_list"),
    path(
        "dot-de-cu/<int:pk>/duoc-chon/quyet-dinh/",
        selections.selection_decision_record,
        name="selection_decision_record",
    ),
    path("dot-de-cu/<int:pk>/de-cu/", nominations.nomination_add, name="nomination_add"),
    path("de-cu/", nominations.nomination_list, name="nomination_list"),
    path("de-cu/<int:pk>/", nominations.nomination_detail, name="nomination_detail"),
    path("de-cu/<int:pk>/sua/", nominations.nomination_edit, name="nomination_edit"),
    path("de-cu/<int:pk>/nop/", nominations.nomination_submit, name="nomination_submit"),
    path("de-cu/<int:pk>/rut/", nominations.nomination_withdraw, name="nomination_withdraw"),
    path("de-cu/<int:pk>/bo/", nominations.nomination_discard, name="nomination_discard"),
    path("de-cu/<int:pk>/tra-lai/", reviews.nomination_return, name="nomination_return"),
    path("dot-de-cu/<int:pk>/bang/", batches.nomination_batch_add, name="nomination_batch_add"),
    path(
        "dot-de-cu/<int:pk>/bang/tep-mau/",
        batches.nomination_batch_template,
        name="nomination_batch_template",
    ),
    path("bang-de-cu/<int:pk>/", batches.nomination_batch_detail, name="nomination_batch_detail"),
    path(
        "bang-de-cu/<int:pk>/nop/",
        batches.nomination_batch_submit,
        name="nomination_batch_submit",
    ),
    path("ho-so-de-cu/", reviews.dossier_list, name="dossier_list"),
    path("ho-so-de-cu/<int:pk>/", reviews.dossier_detail, name="dossier_detail"),
    path("ho-so-de-cu/<int:pk>/xung-dot/", reviews.conflict_declare, name="conflict_declare"),
    *(
        path(f"ho-so-de-cu/{slug}/", reviews.named(act), name=f"dossier_{act}")
        for act, slug in reviews.SLUGS.items()
    ),
]
