"""What SQL reads of plain names is what Python reads of every name."""

import duckdb
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.folding import fold_names
from matching.names import fold_name
from matching.statements import drop_all

# Common, traditional, variant and unprintable characters, blanks, dots, notes, and words for "no name".
NAMES = st.one_of(
    st.text("王李张沈瀋峯峰强強単单佳嘉? □·（）()3床*號\ue863䶮 龥一", min_size=1, max_size=6),
    st.sampled_from(["无", "不详", "无名氏", "未知", "婴儿", "王 强", "張偉", "阿卜杜拉·买买提", "李丽华(户主)"]),
)


@settings(max_examples=40, deadline=None)
@given(st.sets(NAMES, min_size=1, max_size=30))
def test_sql_and_python_fold_alike(names):
    with duckdb.connect() as connection:
        connection.execute("create schema identity")
        connection.execute("create table identity.identity as select unnest(?) as name", [sorted(names)])
        fold_names(connection)
        found = {
            name: (folded, key, pinyin, display, says_something)
            for name, folded, key, pinyin, display, says_something in connection.execute(
                "select name, folded, key, pinyin, display, name_no is not null from matching_name"
            ).fetchall()
        }
        drop_all(connection)
    expected = {name: fold_name(name) for name in names}
    assert found == {
        name: (one.folded, one.key, one.pinyin, one.display, one.key != "") for name, one in expected.items()
    }
