-- title: 保障标准逐年增长(三(五)1)
-- note: 各次标准与一年前相比。标准由本地依文件设定;没有设定或没有一年前的标准,就没有可比的。
-- empty: 没有设定最低生活保障标准
select
    growth.compared_on,
    growth.standard,
    growth.standard_before,
    growth.growth,
    growth.growth_target,
    growth.summary as explained,
    growth.cite,

from mart.standard_growth as growth
order by growth.compared_on
