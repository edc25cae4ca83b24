-- One row per open identity and person with a number whose names agree: how number, birth date and sex
-- stand to one another. The distances count bytes, which is right for digits.
-- Pairs are made narrow first: a common name meets thousands.
with

person_name as (

    select distinct name_pair.key, person_name.folded, person_name.cluster, name_pair.agreement
    from matching_name_pair as name_pair
    join matching_cluster_name as person_name
        on person_name.key = name_pair.person_key

),

narrow as (

    select
        open.identity_id,
        person_name.cluster,
        min(case
            when person_name.agreement = 'equal' and person_name.folded = open.folded then 1
            when person_name.agreement = 'equal' then 2
            when person_name.agreement = 'prefix' then 3
            when person_name.agreement = 'wildcard' then 4
            else 5
        end) as name_rank,

    from matching_open as open
    join person_name
        on person_name.key = open.key
    group by open.identity_id, person_name.cluster

),

met as (

    select
        open.*,
        cluster.cluster,
        cluster.number as person_number,
        cluster.sex as person_sex,
        cluster.birth_date as person_birth,
        narrow.name_rank,

    from narrow
    join matching_open as open
        on open.identity_id = narrow.identity_id
    join matching_cluster as cluster
        on cluster.cluster = narrow.cluster

),

measured as (

    select
        *,
        -- hamming refuses unequal lengths: only a CASE keeps them away from it.
        case when len(digits) = 18 then hamming(digits, person_number) else 99 end as places,

    from met

)

select
    met.identity_id,
    met.cluster,
    ['exact', 'variant', 'prefix', 'wildcard', 'homophone'][met.name_rank] as name,
    case
        when list_contains(met.choices, met.person_number) then 'choice'
        when len(met.choices) = 2 then 'open'
        when met.number = met.person_number then 'disputed'
        when met.number is not null then 'borrowed'
        when met.quality in ('missing', 'other_document') then 'open'
        when met.pattern is not null and met.person_number not like met.pattern then 'contradicts'
        when met.pattern is not null then case when len(met.digits) >= 10 then 'masked' else 'glimpsed' end
        when met.low is not null then
            case when met.person_number between met.low and met.high then 'glimpsed' else 'contradicts' end
        when met.digits is null or len(met.digits) not between 15 and 20 then 'open'
        when met.digits = met.person_number then 'slip'
        when met.places = 1 then 'slip'
        when met.digits[16:] = '000' and met.digits[1:15] = met.person_number[1:15] then 'truncated'
        when met.rounded is not null and met.rounded = try_cast(met.person_number as double) then 'rounded'
        when met.places between 5 and 18 then
            case when levenshtein(met.digits, met.person_number) <= 2 then 'near' else 'contradicts' end
        when damerau_levenshtein(met.digits, met.person_number) = 1 then 'slip'
        when levenshtein(met.digits, met.person_number) <= 3 then 'near'
        else 'contradicts'
    end as number,
    case
        when met.birth_begin is null or met.person_birth is null then 'unknown'
        when met.birth_precision = 'year' then
            case when year(met.birth_begin) = year(met.person_birth) then 'unknown' else 'different' end
        when met.birth_precision = 'month' then
            case
                when date_trunc('month', met.birth_begin) = date_trunc('month', met.person_birth) then 'unknown'
                when year(met.birth_begin) = year(met.person_birth) then 'close'
                else 'different'
            end
        when met.birth_date = met.person_birth then 'equal'
        when (year(met.birth_date) = year(met.person_birth))::integer
            + (month(met.birth_date) = month(met.person_birth))::integer
            + (day(met.birth_date) = day(met.person_birth))::integer >= 2 then 'close'
        when year(met.birth_date) = year(met.person_birth)
            and month(met.birth_date) = day(met.person_birth)
            and day(met.birth_date) = month(met.person_birth) then 'close'
        else 'different'
    end as birth,
    case
        when met.sex is null or met.person_sex is null then 'unknown'
        when met.sex = met.person_sex then 'equal'
        else 'different'
    end as sex,
    coalesce(rarity.bearers, 0) as bearers,

from measured as met
left join matching_rarity as rarity
    on rarity.key = met.key
