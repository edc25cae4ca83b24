-- Grain: one row. How many findings are published.
select count(*) as figure

from mart.finding as finding
