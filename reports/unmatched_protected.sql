-- One row: how many entries of the home's list of protected people name nobody in the warehouse.
select count(*) as unmatched
from temp.protected_entry as protected_entry
where upper(trim(protected_entry.entry)) not in (select protected_match.entry from temp.protected_match as protected_match)
