-- One row: the counts of a run.
select
    (select count(*) from identity.link) as identities,
    (select count(*) from identity.person) as people,
    (select count(*) from identity.link where certain) as certain_identities,
    (select count(*) from identity.link where not certain and method <> 'single_record') as probable_identities,
    (select count(*) from identity.link where method = 'single_record') as single_identities,
    (select count(*) from identity.review) as reviews,
    (select count(*) from identity.possible_same) as possible_pairs,
