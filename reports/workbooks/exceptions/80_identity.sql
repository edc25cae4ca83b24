-- tab: 身份待核
-- title: 身份待核 · {department_label} · {month_label}
-- note: 每一项先列贵单位(区镇为民政局)的记录,紧接着列可能为同一人的另一方;底色标出两边写法不同之处。请填:是、否、不确定。拿不准时机器不会合并。
select
    row_number() over (
        order by question.waiting desc, question.probability desc, question.review_id
    )                                                          as number,
    own.source_file,
    own.sheet,
    own.source_row,
    own.name,
    other.name                                                 as other_name,
    number_for(context.department, own.id_no)                  as shown_number,
    coalesce(other_own.id_no, masked(other.id_no))             as other_number,
    label_of('sex', own.sex)                                   as sex,
    label_of('sex', other.sex)                                 as other_sex,
    own.birth_date,
    other.birth_date                                           as other_birth_date,
    (
        select array_to_string(list_sort(list(distinct label_of('department', department.unnest))), '、')
        from unnest(other.departments) as department
    )                                                          as other_departments,
    concat_ws(
        '、',
        case when own.name <> other.name then '姓名' end,
        case when own.id_no is null or other.id_no is null then '号码缺失'
            when own.id_no <> other.id_no then '证件号码' end,
        case when own.sex <> other.sex then '性别' end,
        case when own.birth_date <> other.birth_date then '出生日期' end
    )                                                          as differs,
    question.because,
    question.probability,
    question.state                                             as question_state,
    case said.verdict when 'same' then '是' when 'different' then '否' when 'unsure' then '不确定' end as answer_same,
    nullif(said.by_whom, '(未署名)')                            as answer_by,
    null                                                       as answer_replied_on,
    null                                                       as answer_remark,
    concat_ws('.', question.review_id, question.own_row_id, question.other_person_id) as token_review,
    own.name is distinct from other.name                       as name__mark,
    own.name is distinct from other.name                       as other_name__mark,
    own.id_no is distinct from other.id_no                     as shown_number__mark,
    own.id_no is distinct from other.id_no                     as other_number__mark,
    own.sex <> other.sex                                       as sex__mark,
    own.sex <> other.sex                                       as other_sex__mark,
    own.birth_date <> other.birth_date                         as birth_date__mark,
    own.birth_date <> other.birth_date                         as other_birth_date__mark,

from temp.asked as question
cross join temp.context as context
join temp.written_row as own on own.row_id = question.own_row_id
left join answers.review_standing as said on said.review_id = question.review_id
left join mart.person as other on other.person_id = question.other_person_id
left join temp.latest_row as other_own
    on other_own.person_id = question.other_person_id
    and other_own.department = context.department
order by number
