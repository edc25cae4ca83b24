-- One row per thing a department should look at in its own files: files refused whole (no row), rows rejected, cells that
-- could not be read, rows that share a key but differ, person numbers that are damaged. Superseded rows are past and left
-- out; a number that is simply missing is left out too where the row could be linked without it. column_name is the
-- heading as printed in that file; of a file taken in before headings were kept, the one most often printed.
with

superseded as (

    select row_id from staging.assistance_exits where superseded_by is not null
    union all select row_id from staging.assistance_roster where superseded_by is not null
    union all select row_id from staging.benefit_payments where superseded_by is not null
    union all select row_id from staging.care_assessments where superseded_by is not null
    union all select row_id from staging.contributions where superseded_by is not null
    union all select row_id from staging.dangerous_houses where superseded_by is not null
    union all select row_id from staging.death_certificates where superseded_by is not null
    union all select row_id from staging.deaths where superseded_by is not null
    union all select row_id from staging.disability_certificates where superseded_by is not null
    union all select row_id from staging.employment where superseded_by is not null
    union all select row_id from staging.family_doctor_contracts where superseded_by is not null
    union all select row_id from staging.housing_security where superseded_by is not null
    union all select row_id from staging.job_referrals where superseded_by is not null
    union all select row_id from staging.job_seeking where superseded_by is not null
    union all select row_id from staging.medical_settlements where superseded_by is not null
    union all select row_id from staging.pensions where superseded_by is not null
    union all select row_id from staging.properties where superseded_by is not null
    union all select row_id from staging.training where superseded_by is not null

),

damaged as (

    select
        row_identity.row_id // 1000000000 as delivery_id,
        row_identity.row_id % 1000000000  as source_row,
        number.quality,

    from identity.number as number
    join identity.identity as identity on identity.id_no = number.id_no
    join identity.row_identity as row_identity on row_identity.identity_id = identity.identity_id
    anti join superseded on superseded.row_id = row_identity.row_id

    where number.quality not in ('valid', 'missing', 'other_document')

),

noted as (

    select delivery_id, source_row, column_name, reason as problem, '改正后重新交付这一行' as remedy
    from raw.rejected_row

    union all

    select delivery_id, source_row, column_name, reason as problem, '该格按未知处理；改正后重新交付这一行' as remedy
    from raw.cell_note
    anti join superseded on superseded.row_id = cell_note.delivery_id::bigint * 1000000000 + cell_note.source_row

    union all

    select delivery_id, source_row, null as column_name, reason as problem, '核对哪一行有效，删去另一行' as remedy
    from raw.key_conflict
    anti join superseded on superseded.row_id = key_conflict.delivery_id::bigint * 1000000000 + key_conflict.source_row

    union all

    select
        damaged.delivery_id,
        damaged.source_row,
        coalesce(printed.heading, usual.heading) as column_name,
        case damaged.quality
            when 'upgraded_15' then '证件号码是 15 位旧号'
            when 'restored_certificate' then '证件号码损坏，已由残疾人证号恢复'
            when 'excel_truncated' then '证件号码末三位被表格软件改成 000'
            when 'rounded_double' then '证件号码按数值保存，末几位已失真'
            when 'scientific' then '证件号码成了科学计数法'
            when 'masked' then '证件号码被遮盖'
            when 'one_slip' then '证件号码校验不符，疑似错一位'
            else '证件号码校验不符'
        end  as problem,
        '按原始证件更正，号码列设为文本格式后重新交付' as remedy,

    from damaged
    join raw.delivery as delivery on delivery.delivery_id = damaged.delivery_id
    left join raw.read_column as printed
        on printed.delivery_id = damaged.delivery_id
        and printed.column_name = 'id_no'
    left join raw.contract_column as usual
        on usual.source_table = delivery.source_table
        and usual.department = delivery.department
        and usual.column_name = 'id_no'

    union all

    select delivery_id, null as source_row, null as column_name, reason as problem, '整份没有收下；按原因改正后重新交付' as remedy
    from raw.delivery
    where status = 'refused'

)

select
    delivery.department,
    delivery.source_table,
    delivery.source_file,
    delivery.sheet,
    noted.source_row::bigint as source_row,
    noted.column_name,
    noted.problem,
    noted.remedy,
    delivery.delivery_id,

from noted
join mart.delivery as delivery on delivery.delivery_id = noted.delivery_id
