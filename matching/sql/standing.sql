-- One row per claimed number and folded name: how the name agrees with that of the number's owner.
-- Numbers with one name only need no comparison; the others were judged by matching.anchors.
select number, folded, agreement, is_clear
from matching_judged

union all

select
    support.number,
    support.folded,
    case when support.is_borrowed or support.folded = '' then 'disagree' else 'exact' end as agreement,
    not support.is_borrowed as is_clear,

from matching_support as support
anti join matching_judged as judged
    on judged.number = support.number
