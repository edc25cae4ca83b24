-- Grain: one row. Ways of writing a person that rows use and that are not linked to exactly one person.
with

used as (

    select distinct row_identity.identity_id

    from identity.row_identity as row_identity

),

linked as (

    select link.identity_id, count(*) as times

    from identity.link as link
    group by link.identity_id

)

select count(*) as figure

from used
left join linked on linked.identity_id = used.identity_id
where coalesce(linked.times, 0) <> 1
