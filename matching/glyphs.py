"""Characters that clerks take for one another by their shape, and variants of one character.

Own lists, kept short on purpose: a pair is here only if both characters are common in names and
are really mistaken (GLYPH_PAIRS) or are two ways to write the same character that the
traditional/simplified table of opencc does not know (VARIANTS). 肖萧, 付傅, 邱丘, 戴代, 佘余, 闫阎
are different surnames and are no variants.
"""

_PAIRS = (
    "未末 土士 己已 已巳 己巳 日曰 人入 大太 大犬 太犬 天夭 王玉 干千 千于 干于 刀力 刁刀 "
    "晴睛 析折 壮状 壁璧 辉晖 佘余 余佘 侯候 史吏 田由 由甲 甲申 田甲 申由 毛手 午牛 牛朱 未朱 "
    "末朱 白自 百白 目日 目自 月用 丹舟 戊戌 戌戍 戊戍 戎戒 代伐 任仕 仁任 何河 伟纬 炜伟 玮伟 炜玮 "
    "祎伟 洋泮 洁浩 浩皓 皓晧 冰水 永水 永冰 治冶 沿治 凉谅 清请 清情 情晴 清青 静净 沾沽 泊柏 柏拍 "
    "林材 材村 杨扬 扬汤 场扬 挂桂 栋拣 抹秣 招昭 昭照 盼眇 明朋 朋鹏 朋棚 萌荫 营莹 "
    "莹荧 萤莹 荣莱 荥荣 菜莱 茶荼 芳芬 芬纷 苹萍 兰三 蓝篮 英瑛 瑛映 莉利 丽俪 娜那 婷停 娟捐 妹姝 "
    "姝殊 姚桃 妮泥 婧靖 婉宛 嫒媛 媛缓 暖媛 瑗媛 珍诊 珊姗 珀铂 琪淇 琪祺 祺棋 淇棋 琦骑 瑾谨 璐露 "
    "路璐 琳淋 琳林 彬杉 彬林 杉衫 梅悔  锋峰 峰烽 锋烽 峰蜂 铭名 钢刚 刚岗 岗岚 钧钓 钧均 "
    "均钓 钰玉 鑫金 铁秩 俊骏 俊浚 竣骏 峻俊 建健 健键 健律 亮高 享亨 亨京 字宇 宇于 宁宇 宜宣 宣宜 "
    "宏定 安案 宝玉 宾实 家冢 崔催 岳兵 邱丘 郎朗 郎即 郝赫 郑邓 邢刑 邹邬 陈阵 阳阴 洪供 "
    "江汪 汪注 沈沉 沈忱 汤杨 池沱 波泼 涛寿 润闰 淑椒 滨宾 潘播 潇萧 彭澎 影彰 彰章 章意 卓桌 单草 "
    "博搏 卢户 卞下 卜下 芦庐 卢芦 庞宠 庄压 康庚 唐康 席度 廖寥 园圆 固国 因困 问间 闵闽 阎闫 "
    "风凤 凤风 凡几 巩恐 巨臣 臣巨 辰晨 晨展 里黑 军车 冠寇 寇冠 况兄 凌陵 陵凌 菱凌 陡陵 列烈 "
    "到倒 刘列 剑刨 勇男 勤勒 励历 厉历 双汉 友发 发友 叔淑 叶计 古吉 吉志 志忘 忠患 忠思 思恩 "
    "恩思 想相 愉榆 慧惠 憾撼 成咸 成戍 才寸 丰半 丰羊 中申 申甲 云去 元无 先克 克兄 兴共 其具 "
    "冉再 冬务 尧晓 尤龙 龙尢 少小 少步 尹伊 伊尹 屈届 层居 岩崖 川州 左在 巧功 巾中 市布 常尚 干午 "
    "平干 年牛 庆床 应庆 延廷 廷庭 廷建 开井 张弛 弘引 弟第 彤丹 彦颜 彩影 得德 微徽 徽薇 必心 怀坏 "
    "怡治 怡恰 恒桓 桓垣 恺凯 悦说 悦锐 惟唯 唯维 惟维 愿原 雷雪 雪霜 霞霜 震霞 霖霜 雯雲 霏雯 需儒 "
    "文丈 佳住 徐除 科料 海悔 海梅 祥样 毕华 韦伟"
)
GLYPH_PAIRS = frozenset(frozenset(pair) for pair in _PAIRS.split() if len(set(pair)) == 2)

# A way of writing -> the usual one. opencc's table covers the standard traditional characters.
VARIANTS = str.maketrans(
    "峯羣凃珎強温呉髙恵徳暎晧翆荘栄亜桜恒昻奨汚兎勲曽産絵検顕総沢鉄転滝真逹淸竒厺亷姸妍",
    "峰群涂珍强温吴高惠德映皓翠庄荣亚樱恒昂奖污兔勋曾产绘检显总泽铁转泷真达清奇去廉妍妍",
)
