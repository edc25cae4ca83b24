-- One row per dibao roster row to which money is due, and whether the person or anyone of the family was paid that month.
-- A payment to a possible other self counts: this table answers who went without, and doubt is no proof of that.
-- Family numbers are compared without spaces, dashes and leading zeros, which offices drop. A payment without one was
-- paid to the family, or families, on whose roster the payee stands that month. Whoever stands in two families in one
-- month (a split, a new number) is covered by either.
with

paid as (

    select
        person_id,
        month,
        upper(ltrim(regexp_replace(family_no, '[\s_-]', '', 'g'), '0')) as family_key,

    from core.payment

    where benefit = 'dibao'
        and amount > 0

),

paid_person as (

    select person_id, month from paid

    union

    select possible.person_id, paid.month
    from paid
    join identity.possible_same as possible on possible.other_person_id = paid.person_id

),

paid_family as (

    select family_key, month from paid where family_key <> ''

    union

    select
        upper(ltrim(regexp_replace(roster.family_no, '[\s_-]', '', 'g'), '0')) as family_key,
        paid.month,
    from paid
    join core.roster as roster
        on roster.person_id = paid.person_id
        and roster.month = paid.month
    where coalesce(paid.family_key, '') = ''

)

select
    roster.row_id,
    roster.person_id,
    roster.certain,
    roster.month,
    roster.family_no,
    roster.start_date,
    roster.person_amount,
    roster.town,
    paid_person.person_id is not null                                   as paid_self,
    bool_or(paid_person.person_id is not null or paid_family.family_key is not null)
        over (partition by roster.person_id, roster.month)              as covered,

from core.roster as roster
left join paid_person on paid_person.person_id = roster.person_id and paid_person.month = roster.month
left join paid_family
    on paid_family.family_key = upper(ltrim(regexp_replace(roster.family_no, '[\s_-]', '', 'g'), '0'))
    and paid_family.month = roster.month

where roster.category = 'dibao'
    and coalesce(roster.person_amount, roster.household_amount, 1) > 0
