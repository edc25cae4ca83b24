-- title: 参数
-- note: 未设的参数:规则照列人员,不算金额。数额由本地依文件设定,不由程序推定。
select
    coalesce(parameter.label, parameter.name)           as parameter_label,
    parameter.name                                      as parameter_key,
    case when parameter.is_set then '已设' else '未设' end as is_set_label,
    parameter.valid_from,
    parameter.value                                     as parameter_value,
    parameter.unit                                      as parameter_unit,
    parameter.cite,

from policy.parameter as parameter
order by parameter.is_set, parameter.name, parameter.valid_from
