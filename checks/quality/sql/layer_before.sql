-- Grain: one row per measure of a layer: its figure in the last run before this one that published.
select
    layer_figure.measure,
    arg_max(layer_figure.value, layer_figure.run_id) as value,

from quality.layer_figure as layer_figure
where layer_figure.run_id < (select context.run_id from run.context as context)
group by layer_figure.measure
