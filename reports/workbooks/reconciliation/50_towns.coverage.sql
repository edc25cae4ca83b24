-- title: 各区镇措施覆盖率
-- note: 低保金发放:当月应发的低保对象中发放到的;家庭医生:在册人员中签约有效的;没有数据的留空。底色的格子涉及的人少,不得外传。
-- chart: rates
with

-- Counts of a town's communities add up, shares do not. Where every community is withheld, so is the town.
place as (

    select
        coalesce(indicator.town, '未登记')  as town,
        indicator.measure,
        sum(indicator.value)               as people,
        bool_and(indicator.suppressed)     as is_small,

    from mart.indicator as indicator
    join temp.context as context on indicator.month = context.month
    where indicator.measure in (
        'dibao_paid_due', 'dibao_paid_received', 'family_doctor_due', 'family_doctor_received'
    )
    group by coalesce(indicator.town, '未登记'), indicator.measure

)

select
    place.town,
    (
        max(place.people) filter (where place.measure = 'dibao_paid_received')
        / max(place.people) filter (where place.measure = 'dibao_paid_due')
    )::double                                                                        as dibao_paid_rate,
    (
        max(place.people) filter (where place.measure = 'family_doctor_received')
        / max(place.people) filter (where place.measure = 'family_doctor_due')
    )::double                                                                        as family_doctor_rate,
    coalesce(bool_or(place.is_small) filter (where place.measure like 'dibao_paid%'), false)
                                                                                     as dibao_paid_rate__mark,
    coalesce(bool_or(place.is_small) filter (where place.measure like 'family_doctor%'), false)
                                                                                     as family_doctor_rate__mark,

from place
group by place.town
order by place.town = '未登记', place.town
