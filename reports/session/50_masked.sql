-- A masked number keeps the first six and last four of a full number. A shorter or
-- damaged number would be given away by ten visible characters, so only its ends stay.
create or replace temp macro masked(number) as
    case
        when number is null or trim(number) = '' then null
        when length(number) >= 15 then left(number, 6) || repeat('*', length(number) - 10) || right(number, 4)
        else left(number, 1) || '****' || right(number, 1)
    end
