-- One row per medical settlement, up to the day, of people ever on the roster or in the exits (a city settles 12
-- million times a year; the rules ask about these few). A settlement entered twice with differing cells is one: the
-- later line. Costs not given are NULL. month NULL: only the year is known.
select
    settlement.row_id,
    settlement.person_id,
    settlement.certain,
    settlement.settled_on,
    if(settlement.settled_on_precision = 'year', null, date_trunc('month', settlement.settled_on))::date as month,
    settlement.visit_type,
    settlement.diagnosis_code,
    settlement.diagnosis,
    settlement.aid_paid,
    settlement.copay,
    settlement.eligible_selfpay,
    settlement.other_selfpay,

from linked.medical_settlements as settlement
semi join (select person_id from core.possible_self where not doubtful) as concerned
    on concerned.person_id = settlement.person_id
where settlement.settled_on <= (select as_of from run.context)

qualify row_number() over (
    partition by settlement.person_id, settlement.settled_on,
        coalesce(settlement.settlement_no, settlement.row_id::varchar)
    order by settlement.row_id desc
) = 1
