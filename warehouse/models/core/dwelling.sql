-- One row per registration, up to the day, of a dwelling of a person ever helped or of a possible other self.
-- The keys leave out brackets, spaces and dashes: a certificate printed twice is one dwelling, and so are the
-- certificates of co-owners at one address.
-- may_be_dwelling: the use was not entered or not readable, so nobody knows.
-- address_untold: the list came without the column of addresses, so nobody can tell whether two certificates are one.
with

registered as (

    select
        property.person_id,
        property.row_id,
        property.certain,
        property.registered_on,
        property.use,
        upper(regexp_replace(translate(property.certificate_no, '０１２３４５６７８９', '0123456789'), '[^\p{L}\p{N}]', '', 'g'))
                                                                                as certificate_key,
        property.delivery_id in (select delivery_id from raw.read_column)
            and property.delivery_id not in (select delivery_id from raw.read_column where column_name = 'address')
                                                                                as address_untold,
        nullif(regexp_replace(translate(property.address, '０１２３４５６７８９', '0123456789'), '[^\p{L}\p{N}]', '', 'g'), '')
                                                                                as address_key,

    from linked.properties as property
    semi join core.possible_self as concerned
        on concerned.self_id = property.person_id
    where coalesce(property.use, 'dwelling') = 'dwelling'
        and coalesce(property.registered_on <= (select as_of from run.context), true)

)

select
    person_id,
    certificate_key,
    address_key,
    address_untold,
    use is null                                           as may_be_dwelling,
    registered_on,
    row_id,
    certain,

from registered
