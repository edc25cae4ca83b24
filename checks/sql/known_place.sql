-- One row per finding on a family, with the place where it was last listed, as the night's area.flag has it.
select
    flag.finding_id,
    flag.town,
    flag.community,

from area.flag as flag
join findings.known as known on known.finding_id = flag.finding_id
where known.person_id is null
    and (flag.town is not null or flag.community is not null)
