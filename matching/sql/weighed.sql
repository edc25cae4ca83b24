-- One row per pair and field: the level at which the pair stands, and its weight in bits against a stranger, against
-- another member of the same home, and against a twin. What a home shares says nothing against its other members.
-- A birth date or sex beside a number that agrees is no second witness: there they can only speak against. A number two
-- or three digits away is a namesake's of the same birth date as easily as a double slip: it never speaks for a pair.
with

levelled as (

    select
        pair.*,
        pair.departments - (pair.departments & (pair.departments - 1)) as office,
        pair.number in ('slip', 'truncated', 'rounded', 'choice', 'masked') as has_number,

    from matching_pair as pair
    where pair.number <> 'disputed'

),

-- Phone, address and family number: shared, or written on both sides and different.
contextual as (

    select pair.identity_id, pair.cluster, open_kind.kind as field, 'differ' as level, null::bigint as crowd
    from matching_pair as pair
    join (select distinct identity_id, kind from matching_wanted where label <> 'owner') as open_kind
        on open_kind.identity_id = pair.identity_id
    join matching_person_kind as person_kind
        on person_kind.cluster = pair.cluster
        and person_kind.kind = open_kind.kind
    anti join matching_shared as shared
        on shared.identity_id = pair.identity_id
        and shared.cluster = pair.cluster
        and shared.label = open_kind.kind

    union all

    select pair.identity_id, pair.cluster, shared.label as field, 'agree' as level, shared.crowd
    from matching_pair as pair
    join matching_shared as shared
        on shared.identity_id = pair.identity_id
        and shared.cluster = pair.cluster

),

field as (

    select identity_id, cluster, office, 'name' as field, name as level,
        case when name = 'homophone' then sounding else bearers end as bearers, false as is_capped, false as is_home_blind
    from levelled

    union all

    select identity_id, cluster, office, 'number' as field, number as level, null as bearers, false as is_capped, false as is_home_blind
    from levelled
    where number not in ('unknown', 'disputed')

    union all

    select identity_id, cluster, office, 'birth' as field, birth as level, null as bearers, has_number as is_capped, false as is_home_blind
    from levelled
    where birth <> 'unknown'

    union all

    select identity_id, cluster, office, 'sex' as field, sex as level, null as bearers, has_number as is_capped, false as is_home_blind
    from levelled
    where sex <> 'unknown'

    union all

    select
        contextual.identity_id,
        contextual.cluster,
        levelled.office,
        contextual.field,
        contextual.level,
        contextual.crowd as bearers,
        false as is_capped,
        true as is_home_blind,

    from contextual
    join levelled
        on levelled.identity_id = contextual.identity_id
        and levelled.cluster = contextual.cluster

),

weighted as (

    select
        field.*,
        log2(coalesce(own.m, pooled.m)) - coalesce(
            log2(pooled.u), log2(greatest(field.bearers, 1) / population.people)
        ) as bits,
        log2(coalesce(own.m, pooled.m)) - log2(pooled.home) as home_bits,
        log2(coalesce(own.m, pooled.m)) - log2(pooled.twin) as twin_bits,

    from field
    cross join matching_population as population
    join matching_weight as pooled
        on pooled.field = field.field
        and pooled.level = field.level
        and pooled.office = 0
    left join matching_weight as own
        on own.field = field.field
        and own.level = field.level
        and own.office = field.office

)

select
    identity_id,
    cluster,
    field,
    level,
    case when is_capped or level = 'near' then least(bits, 0) else bits end as bits,
    case
        when is_home_blind then 0
        when is_capped or level = 'near' then least(home_bits, 0)
        else home_bits
    end as home_bits,
    coalesce(twin_bits, 0) as twin_bits,

from weighted
