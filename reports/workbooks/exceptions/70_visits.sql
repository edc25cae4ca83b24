-- tab: 跟踪走访
-- title: 退出后跟踪走访 · {department_label} · {month_label}
-- note: 退出救助后仍在跟踪期内的人员(三不变),区镇清单只列本区镇的。请填对口联系人和走访日期;以前填过的已列出,再填就是新的一次走访。条款 三(五)4。
select
    row_number() over (order by follow_up.lacks_visit desc nulls last, place.town, place.community, person.person_id)
                                    as number,
    person.name,
    masked(person.id_no)            as shown_number,
    place.town,
    place.community,
    follow_up.exit_date             as left_on,
    follow_up.followed_until,
    case follow_up.lacks_visit when true then '近一季没有走访' when false then '有走访' else '尚无走访记录' end
                                    as visit_label,
    follow_up.contact               as answer_contact,
    follow_up.last_visited_on       as answer_visited_on,
    null                            as answer_remark,
    follow_up.person_id             as token_visit,

from mart.follow_up as follow_up
join mart.person as person on person.person_id = follow_up.person_id
left join temp.place as place on place.person_id = follow_up.person_id
cross join temp.context as context
where context.town is null
    or context.town = place.town
order by number
