-- One row per protected person.
select distinct protected_match.person_id from temp.protected_match as protected_match
