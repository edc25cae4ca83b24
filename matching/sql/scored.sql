-- One row per open identity and candidate: how likely it is that the identity is this person's record.
-- Against strangers: prior odds and all weights, beside all other candidates. Against the home: that it is the record
-- of another member nobody knows of (say two of them), for whom phone and address agree anyway. Against a twin nobody
-- knows of (1.5 % of births are twins', of whom a third may be missing): 8 bits. Sums are rounded, as the order in
-- which doubles are added is not fixed.
with

summed as (

    select
        weighed.identity_id,
        weighed.cluster,
        log2(prior.share / (1 - prior.share)) - log2(any_value(population.people))
            + round(sum(weighed.bits), 6) as stranger_bits,
        round(sum(weighed.home_bits), 6) - 1 as home_bits,
        round(sum(weighed.twin_bits), 6) + 8 as twin_bits,
        bool_or(weighed.field = 'number' and weighed.level in ('slip', 'truncated', 'rounded', 'masked', 'choice')) as has_number,

    from matching_weighed as weighed
    cross join matching_population as population
    cross join (select ?::double as share) as prior
    anti join matching_placed as placed
        on placed.identity_id = weighed.identity_id
    anti join matching_forbidden as forbidden
        on forbidden.identity_id = weighed.identity_id
        and forbidden.cluster = weighed.cluster
    group by weighed.identity_id, weighed.cluster, prior.share

),

shared_out as (

    select
        *,
        pow(2, least(stranger_bits, 60)) / (1 + sum(pow(2, least(stranger_bits, 60))) over (partition by identity_id)) as share,

    from summed

)

select
    identity_id,
    cluster,
    stranger_bits,
    home_bits,
    twin_bits,
    has_number,
    round(case
        when share < 1e-12 then 0
        else 1 / (1 / share + pow(2, -greatest(home_bits, -60)) + pow(2, -greatest(twin_bits, -60)))
    end, 6) as probability,

from shared_out
