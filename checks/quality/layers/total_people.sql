-- Grain: one row. How many people are published.
select count(*) as figure

from mart.person as person
