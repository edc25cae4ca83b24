-- One row per open finding and department whose list it is on. A rule between parties only goes to whoever delivered
-- one of its facts, and to the department in the lead.
with

recipient as (

    select
        subject.finding_id,
        subject.parties_only,
        subject.lead_department,
        unnest(subject.recipients)  as department,

    from temp.subject as subject
    where subject.is_open

),

party as (

    select distinct fact.finding_id, fact.department from temp.fact as fact

)

select distinct
    recipient.finding_id,
    recipient.department,

from recipient
left join party on party.finding_id = recipient.finding_id and party.department = recipient.department
where not recipient.parties_only
    or recipient.department = recipient.lead_department
    or party.finding_id is not null
