-- Others who could be the same person and wait for somebody to look.
select
    other.person_id,
    left(other.id_no, 6) || '********' || right(other.id_no, 4) as shown_number,
    review.because,
    review.state,

from identity.review as review
join identity.person as other
    on other.person_id = if(review.person_id = $person, review.other_person_id, review.person_id)

where $person in (review.person_id, review.other_person_id)

order by other.person_id
