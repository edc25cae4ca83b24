-- A number as its reader may see it. A department sees the numbers it delivered itself; a town's office delivers no
-- files, so it sees every number masked.
create or replace temp macro number_for(reader, number) as
    case when reader = 'town' then masked(number) else number end
