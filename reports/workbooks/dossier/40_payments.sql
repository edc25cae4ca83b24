-- tab: 已发放
-- title: 已发放 · {family_no}
-- note: 本月往前十二个月,按发放项目;只列已交来的发放数据。
select
    label_of('benefit', payment.benefit)  as benefit_label,
    min(payment.month)                    as first_paid,
    max(payment.month)                    as last_paid,
    count(distinct payment.month)         as months_paid,
    sum(payment.amount)                   as paid_yuan,

from core.payment as payment
join temp.context as context
    on payment.month <= context.month
    and payment.month > context.month - interval 12 month
where payment.family_no = context.family_no
    or (
        payment.family_no is null
        and payment.person_id in (
            select member.person_id
            from mart.dossier_member as member
            where member.family_no = context.family_no
        )
    )
group by payment.benefit
order by benefit_label
