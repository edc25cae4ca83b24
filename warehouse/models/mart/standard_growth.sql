-- One row per day on which the dibao standard's growth over one year is looked at: each day a standard came into force,
-- and the run's own day where the last one is more than a year old. What is compared are dated parameters, no delivered
-- rows, so that this is a table and no finding. Where the decree's "about" has no figure there is no verdict.
with

standard as (

    select
        valid_from,
        value,
        cite,
    from policy.dibao_standard
    where valid_from <= (select as_of from run.context)

),

compared_on as (

    select valid_from as day
    from standard

    union

    select context.as_of as day
    from run.context as context
    where context.as_of > (select max(valid_from) from standard) + interval 1 year

),

compared as (

    select
        compared_on.day,
        now.value,
        now.cite,
        before.value                                                              as value_before,
        before.cite                                                               as cite_before,
        (now.value / before.value - 1)::decimal(14, 4)                            as growth,
        (select arg_max(value, valid_from) from policy.standard_growth_target
            where valid_from <= compared_on.day)                                  as target,
        (select arg_max(value, valid_from) from policy.standard_growth_tolerance
            where valid_from <= compared_on.day)                                  as tolerance,

    from compared_on
    asof join standard as now
        on now.valid_from <= compared_on.day
    asof left join standard as before
        on before.valid_from <= compared_on.day - interval 1 year

)

select
    day                                 as compared_on,
    value::decimal(12, 2)               as standard,
    value_before::decimal(12, 2)        as standard_before,
    growth,
    target::decimal(14, 4)              as growth_target,
    case
        when growth is null then '没有一年前的标准可比'
        else concat(
            '比一年前增长 ', round(growth * 100, 2)::decimal(9, 2), '%',
            '，要求约 ' || round(target * 100, 2)::decimal(9, 2) || '%',
            case
                when growth < target then '，低 ' || round((target - growth) * 100, 2)::decimal(9, 2) || ' 个百分点'
                when growth > target then '，高 ' || round((growth - target) * 100, 2)::decimal(9, 2) || ' 个百分点'
            end,
            case
                when target is null then '；参数“最低生活保障标准每年增长的幅度”未设定'
                when tolerance is null then '；参数“保障标准增幅允许的相差”未设定，不作判断'
                when abs(growth - target) <= tolerance then '；大致相当'
                when growth < target then '；低于要求，请核对'
                else '；高于要求'
            end
        )
    end                                 as summary,
    cite,
    cite_before,

from compared
