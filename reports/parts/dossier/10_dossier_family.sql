-- One row per family a dossier is kept for; without the community where a member is protected.
select
    dossier.*
    replace (if(protected.family_no is null, dossier.community, null) as community),

from mart.dossier as dossier
left join temp.protected_family as protected on protected.family_no = dossier.family_no
