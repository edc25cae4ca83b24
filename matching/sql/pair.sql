-- One row per open identity and candidate whose names agree somehow: how each of their fields stands to the other.
-- Of a person's several spellings the one that agrees best counts. The distances count bytes, which is right for digits.
-- A level of 'unknown' says nothing either way.
with

named as (

    select
        candidate.identity_id,
        candidate.cluster,
        case
            when person_name.name_no = open.name_no then 'exact'
            when person_name.key_no = open.key_no then 'variant'
            else compared.agreement
        end as name,
        coalesce(bearers.bearers, 1) as bearers,
        coalesce(sounding.bearers, 1) as sounding,

    from matching_candidate as candidate
    join matching_open as open
        on open.identity_id = candidate.identity_id
    join matching_cluster_name as person_name
        on person_name.cluster = candidate.cluster
    left join matching_compared as compared
        on compared.name_no = open.name_no
        and compared.person_name_no = person_name.name_no
    left join matching_bearers as bearers
        on bearers.key_no = person_name.key_no
    left join matching_sounding as sounding
        on sounding.sound_no = person_name.sound_no

),

best_name as (

    select
        named.identity_id,
        named.cluster,
        arg_min(named.name, class.position) as name,
        -- Of two spellings that agree alike, the one that more people bear: it says less.
        arg_min(named.bearers, class.position * 100000000 - named.bearers) as bearers,
        arg_min(named.sounding, class.position * 100000000 - named.sounding) as sounding,

    from named
    join matching_class as class
        on class.name = named.name
    group by named.identity_id, named.cluster

),

met as (

    select
        best_name.*,
        open.* exclude (identity_id),
        cluster.number as person_number,
        cluster.sex as person_sex,
        cluster.birth as person_birth,
        -- hamming refuses unequal lengths: only a CASE keeps them away from it.
        case when len(open.digits) = 18 then hamming(open.digits, cluster.number) else 99 end as places,

    from best_name
    join matching_open as open
        on open.identity_id = best_name.identity_id
    join matching_cluster as cluster
        on cluster.cluster = best_name.cluster

)

select
    identity_id,
    cluster,
    name,
    case
        when kind = 'choice' then case when cluster in (own_no, certificate_no) then 'choice' else 'neither' end
        when kind = 'borrowed' then case when number_no = cluster then 'disputed' else 'unknown' end
        when kind = 'none' then 'unknown'
        when pattern is not null then case when person_number like pattern then kind else kind || '_away' end
        when kind = 'glimpsed' then case when person_number between low and high then kind else 'glimpsed_away' end
        when digits = person_number or places = 1 then 'slip'
        when digits[16:] = '000' and digits[1:15] = person_number[1:15] then 'truncated'
        when rounded is not null and rounded = try_cast(person_number as double) then 'rounded'
        when places between 5 and 18 then
            case when levenshtein(digits, person_number) <= 2 then 'near' else 'far' end
        when damerau_levenshtein(digits, person_number) = 1 then 'slip'
        when levenshtein(digits, person_number) <= 3 then 'near'
        else 'far'
    end as number,
    case
        when birth_begin is null then 'unknown'
        when birth_precision = 'year' then
            case when birth_begin // 10000 = person_birth // 10000 then 'year' else 'year_away' end
        when birth_precision = 'month' then
            case when birth_begin // 100 = person_birth // 100 then 'month' else 'month_away' end
        when birth = person_birth then 'equal'
        when (birth // 10000 = person_birth // 10000)::integer + (birth // 100 % 100 = person_birth // 100 % 100)::integer
            + (birth % 100 = person_birth % 100)::integer >= 2 then 'close'
        when birth // 10000 = person_birth // 10000
            and birth // 100 % 100 = person_birth % 100
            and birth % 100 = person_birth // 100 % 100 then 'close'
        else 'different'
    end as birth,
    case
        when sex is null then 'unknown'
        when sex = person_sex then 'equal'
        else 'different'
    end as sex,
    kind,
    bearers,
    sounding,
    departments,

from met
