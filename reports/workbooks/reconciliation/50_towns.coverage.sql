-- title: 各区镇措施覆盖率
-- note: 低保金发放:当月应发的低保对象中发放到的;家庭医生:在册人员中签约有效的;没有数据的留空。
-- chart: rates
with

place_share as (

    select
        coalesce(indicator.town, '未登记') as town,
        coalesce(indicator.community, '')  as community,
        indicator.value,

    from mart.indicator as indicator
    join temp.context as context on indicator.month = context.month
    where indicator.measure = 'family_doctor_share'

),

place_people as (

    select coalesce(helped.town, '未登记') as town, coalesce(helped.community, '') as community, count(*) as people
    from core.helped as helped
    join temp.context as context on helped.month = context.month
    group by coalesce(helped.town, '未登记'), coalesce(helped.community, '')

),

-- The share of a town is the mean of its communities' shares, each weighed by the people the share was taken over.
doctor as (

    select place_people.town, sum(place_share.value * place_people.people) / sum(place_people.people) as rate
    from place_people
    join place_share on place_share.town = place_people.town and place_share.community = place_people.community
    group by place_people.town

),

paid as (

    select coalesce(due.town, '未登记') as town, avg(due.covered::integer) as rate
    from core.dibao_due as due
    join temp.context as context on due.month = context.month
    where due.month in (select payment.month from core.payment as payment where payment.benefit = 'dibao')
    group by coalesce(due.town, '未登记')

)

select
    coalesce(doctor.town, paid.town)  as town,
    paid.rate::double                 as dibao_paid_rate,
    doctor.rate::double               as family_doctor_rate,

from doctor
full join paid on paid.town = doctor.town
order by coalesce(doctor.town, paid.town) = '未登记', coalesce(doctor.town, paid.town)
