-- One row per open identity and person with a number that are worth weighing: they agree in a name and one thing
-- more, in what is left of a number, or in home and birth date. A name that few bear needs nothing more.
-- Every block is an equality of numbers, so that the bearers of a common name never all meet one another.
with

person as (

    select name.cluster, name.key_no, name.sound_no, cluster.birth
    from matching_cluster_name as name
    join matching_cluster as cluster
        on cluster.cluster = name.cluster

),

open as (select * from matching_open),

few as (

    select open.identity_id, person.cluster
    from open
    join matching_bearers as bearers
        on bearers.key_no = open.key_no
        and bearers.bearers <= 20
    join person
        on person.key_no = open.key_no

    union all

    select open.identity_id, person.cluster
    from open
    join matching_sounding as sounding
        on sounding.sound_no = open.sound_no
        and sounding.bearers <= 5
    join person
        on person.sound_no = open.sound_no

    union all

    select open.identity_id, person.cluster
    from open
    join matching_odd_name_pair as odd
        on odd.key_no = open.key_no
    join person
        on person.key_no = odd.person_key_no

),

-- Homophones meet with the same birth date; the same name also where one part of the date is wrong.
dated as (

    select open.identity_id, person.cluster
    from open
    join person
        on person.sound_no = open.sound_no
        and person.birth = open.birth

    union all

    select open.identity_id, person.cluster
    from open
    join person
        on person.key_no = open.key_no
        and person.birth // 100 = open.birth // 100

    union all

    select open.identity_id, person.cluster
    from open
    join person
        on person.key_no = open.key_no
        and person.birth % 10000 = open.birth % 10000

    union all

    select open.identity_id, person.cluster
    from open
    join person
        on person.key_no = open.key_no
        and person.birth // 10000 * 100 + person.birth % 100 = open.birth // 10000 * 100 + open.birth % 100

),

-- More than one slip, or a mask that hides most: the same name and the first ten or the last four characters.
damaged as (

    select open.identity_id, cluster.cluster
    from open
    join matching_cluster_name as name
        on name.key_no = open.key_no
    join matching_cluster as cluster
        on cluster.cluster = name.cluster
    where open.kind in ('damaged', 'masked', 'tail')
        and (left(cluster.number, 10) = left(open.digits, 10) or right(cluster.number, 4) = right(open.digits, 4))

),

at_home as (

    select shared.identity_id, shared.cluster
    from matching_shared as shared
    join open
        on open.identity_id = shared.identity_id
    join person
        on person.cluster = shared.cluster
    where person.sound_no = open.sound_no
        or person.birth = open.birth

)

select distinct identity_id, cluster
from (
    select * from few union all select * from dated union all select * from damaged union all select * from at_home
    union all select numbered.identity_id, numbered.cluster from matching_numbered as numbered
    semi join open
        on open.identity_id = numbered.identity_id
)
