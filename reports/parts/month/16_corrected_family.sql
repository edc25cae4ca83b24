-- One row per family of the month before, as the roster had it when that month's workbook was handed out (where none
-- was: as it was delivered first) and as it is known now. A roster delivered again, or a part of it that came late,
-- moves the opening away from the closing that people have on paper: that is no move of this month.
with

previous_row as (

    select
        roster.*,
        delivery.received_at,
        replacing.received_at as replaced_at,

    from staging.assistance_roster as roster
    join temp.period as period on roster.month = period.previous_month
    join raw.delivery as delivery on delivery.delivery_id = roster.delivery_id
    left join raw.delivery as replacing on replacing.delivery_id = roster.superseded_by

),

handed_out as (

    select max(issued.issued_at) as handed_out_at
    from answers.issued as issued
    join temp.period as period on issued.month = period.previous_month
    having handed_out_at >= (select min(previous_row.received_at) from previous_row)

),

then_row as (

    select previous_row.*, link.person_id
    from previous_row
    left join handed_out on true
    left join identity.row_identity as row_identity on row_identity.row_id = previous_row.row_id
    left join identity.link as link on link.identity_id = row_identity.identity_id
    where case
        when handed_out.handed_out_at is null then previous_row.delivery_id not in (
            select replaced.superseded_by from previous_row as replaced where replaced.superseded_by is not null
        )
        else previous_row.received_at <= handed_out.handed_out_at
            and coalesce(previous_row.replaced_at > handed_out.handed_out_at, true)
    end

),

was as (

    select
        then_row.family_no,
        first(then_row.category order by then_row.relation is not distinct from 'head' desc, then_row.row_id) as category,
        count(distinct then_row.person_id)                                                                    as members,
        first(then_row.household_amount order by then_row.relation is not distinct from 'head' desc, then_row.row_id)
            filter (where then_row.household_amount is not null)                                              as amount,

    from then_row
    where then_row.family_no is not null
    group by then_row.family_no

),

now_known as (

    select household.*
    from core.household as household
    join temp.period as period on household.month = period.previous_month
    where household.family_no is not null

)

select
    coalesce(now_known.family_no, was.family_no)  as family_no,
    now_known.head_person_id,
    coalesce(now_known.category, was.category)    as category,
    now_known.town,
    was.members                                   as old_members,
    was.amount                                    as old_amount,
    now_known.members                             as new_members,
    now_known.household_amount                    as new_amount,
    case
        when was.family_no is null then '补列'
        when now_known.family_no is null then '删去'
        when was.category is distinct from now_known.category then '类别更正'
        when was.members <> now_known.members then '人数更正'
        when was.amount is distinct from now_known.household_amount then '金额更正'
    end                                           as correction,

from was
full join now_known on now_known.family_no = was.family_no
