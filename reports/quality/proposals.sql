-- Grain: one row per bound that should move.
select
    quality_proposal.department,
    coalesce(contract.title, quality_proposal.source_table) as title,
    quality_proposal.what,
    quality_proposal.line,

from mart.quality_proposal as quality_proposal
left join raw.contract as contract on contract.source_table = quality_proposal.source_table
order by all
